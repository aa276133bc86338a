#pragma once
// Runs the blocks of a loop on a fixed set of threads. Which thread takes a block is not fixed, so a block must write
// only what is its own; sums over blocks are made afterwards, in order. That is what makes results independent of the
// number of threads.

#include <cstddef>
#include <functional>
#include <memory>

namespace liaison::exports {

class Workers {
public:
    explicit Workers(unsigned jobs);
    ~Workers();
    /// Calls work(0..blocks-1), returns when all are done. `work` must not throw.
    void run(std::size_t blocks, const std::function<void(std::size_t)>& work);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace liaison::exports
