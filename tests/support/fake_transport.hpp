#pragma once
// A web of canned answers. Each address answers in order, its last answer for ever; every request is kept.

#include "liaison/feed/transport.hpp"

#include <deque>
#include <map>
#include <string>
#include <vector>

namespace liaison::test {

class FakeTransport final : public feed::Transport {
public:
    struct Answer {
        long status = 200;
        std::string body = {};
        feed::Validators validators = {};
        std::string content_type = "text/xml";
        feed::FailureKind failure = feed::FailureKind::status;  ///< with status 0
    };

    void answer(const std::string& url, Answer answer) { m_answers[url].push_back(std::move(answer)); }
    void forget(const std::string& url) { m_answers.erase(url); }

    feed::Response get(const feed::Request& request, feed::BodySink& sink, base::Progress&) override {
        requests.push_back(request);
        feed::Response response;
        response.attempts = 1;
        response.final_url = request.url;
        auto& queue = m_answers[request.url];
        const Answer answer = queue.empty() ? Answer{404, "", {}, "", feed::FailureKind::status} : queue.front();
        if (queue.size() > 1) {
            queue.pop_front();
        }
        response.status = answer.status;
        const bool conditional = !request.validators.etag.empty() || !request.validators.last_modified.empty();
        if (conditional && request.validators == answer.validators) {
            response.status = 304;
            response.not_modified = true;
            response.validators = request.validators;
            return response;
        }
        if (answer.status != 200) {
            response.failure = feed::Failure{answer.failure, answer.status, request.url + " fails", ""};
            return response;
        }
        response.validators = answer.validators;
        response.content_type = answer.content_type;
        response.header_block = "HTTP/1.1 200 OK\r\nContent-Type: " + answer.content_type + "\r\n\r\n";
        response.bytes = answer.body.size();
        sink.write(answer.body);
        return response;
    }

    std::vector<feed::Request> requests;

private:
    std::map<std::string, std::deque<Answer>> m_answers;
};

}  // namespace liaison::test
