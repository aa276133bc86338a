#pragma once
// The kinds of failure that end an operation. cli maps each to an exit code in one place; nothing else catches them
// except to add context. What the caller expects (not found, a bad record) is a value, not an exception.

#include <stdexcept>
#include <string>
#include <utility>

namespace liaison::base {

/// what(): what failed and where, one sentence without a final full stop. hint(): what to try; may be empty.
class Error : public std::runtime_error {
public:
    explicit Error(const std::string& message, std::string hint = {})
        : std::runtime_error(message), m_hint(std::move(hint)) {}
    [[nodiscard]] const std::string& hint() const noexcept { return m_hint; }

private:
    std::string m_hint;
};

class UsageError : public Error {  ///< unknown command, bad flag or value: exit 2
public:
    using Error::Error;
};
class InputError : public Error {  ///< a file that cannot be read or is not what it should be: exit 3
public:
    using Error::Error;
};
class StoreError : public Error {  ///< database, index or archive broken, of unknown version, full or read-only: exit 3
public:
    using Error::Error;
};
class NetworkError : public Error {  ///< a fetch that failed: exit 4
public:
    using Error::Error;
};
class InternalError : public Error {  ///< a defect of liaison itself: exit 70
public:
    using Error::Error;
};
class Interrupted : public Error {  ///< SIGINT or SIGTERM: exit 130
public:
    using Error::Error;
};

}  // namespace liaison::base
