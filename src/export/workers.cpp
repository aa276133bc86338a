#include "export/workers.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace liaison::exports {

struct Workers::State {
    std::mutex mutex;
    std::condition_variable wake;
    std::condition_variable done;
    std::vector<std::jthread> threads;
    const std::function<void(std::size_t)>* work = nullptr;
    std::size_t blocks = 0;
    std::atomic<std::size_t> next = 0;
    std::size_t busy = 0;
    std::uint64_t generation = 0;
    bool stopping = false;

    void drain() {
        for (std::size_t block = next.fetch_add(1); block < blocks; block = next.fetch_add(1)) (*work)(block);
    }
    void serve() {
        std::uint64_t seen = 0;
        std::unique_lock lock(mutex);
        while (true) {
            wake.wait(lock, [&] { return stopping || generation != seen; });
            if (stopping) return;
            seen = generation;
            lock.unlock();
            drain();
            lock.lock();
            if (--busy == 0) done.notify_one();
        }
    }
};

Workers::Workers(unsigned jobs) : m_state(std::make_unique<State>()) {
    constexpr unsigned most = 64;
    for (unsigned i = 1; i < std::min(jobs, most); ++i) m_state->threads.emplace_back([state = m_state.get()] { state->serve(); });
}

Workers::~Workers() {
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->stopping = true;
    }
    m_state->wake.notify_all();
}

void Workers::run(std::size_t blocks, const std::function<void(std::size_t)>& work) {
    if (m_state->threads.empty() || blocks < 2) {
        for (std::size_t block = 0; block < blocks; ++block) work(block);
        return;
    }
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->work = &work;
        m_state->blocks = blocks;
        m_state->next = 0;
        m_state->busy = m_state->threads.size();
        ++m_state->generation;
    }
    m_state->wake.notify_all();
    m_state->drain();
    std::unique_lock lock(m_state->mutex);
    m_state->done.wait(lock, [this] { return m_state->busy == 0; });
}

}  // namespace liaison::exports
