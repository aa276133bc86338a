// The SVG picture as pixels, by librsvg and cairo. Fonts are the machine's: bytes may differ between machines, not between runs.

#include "export/picture.hpp"
#include "liaison/base/error.hpp"

#include <cairo.h>
#include <librsvg/rsvg.h>

#include <fmt/format.h>

#include <memory>

namespace liaison::exports {

namespace {

struct Unref {
    void operator()(RsvgHandle* handle) const { g_object_unref(handle); }
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* context) const { cairo_destroy(context); }
    void operator()(GError* error) const { g_error_free(error); }
};

/// Keeps the picture's text: librsvg wants it whole.
class TextSink final : public Sink {
public:
    explicit TextSink(std::string& target) : m_target(target) {}
    void write(std::string_view bytes) override { m_target += bytes; }
    void finish() override {}

private:
    std::string& m_target;
};

cairo_status_t append_bytes(void* closure, const unsigned char* data, unsigned length) {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

}  // namespace

void write_png(const Job& job) {
    std::string svg;
    {
        Stream stream(std::make_unique<TextSink>(svg));
        render_svg(job, stream);
        stream.finish();
    }
    GError* raw_error = nullptr;
    const std::unique_ptr<RsvgHandle, Unref> handle(
        rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), &raw_error));
    std::unique_ptr<GError, Unref> error(raw_error);
    if (!handle) throw base::InternalError(fmt::format("librsvg cannot read our own picture: {}", error ? error->message : "no reason given"));
    gdouble width = 0;
    gdouble height = 0;
    if (rsvg_handle_get_intrinsic_size_in_pixels(handle.get(), &width, &height) == FALSE) throw base::InternalError("our own picture has no size");
    constexpr double most = 32000;  // cairo's limit is 32,767
    if (width > most || height > most) {
        throw base::UsageError(fmt::format("a picture of {:.0f} by {:.0f} pixels is too large for PNG", width, height), "export svg");
    }
    const std::unique_ptr<cairo_surface_t, Unref> surface(
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, static_cast<int>(width), static_cast<int>(height)));
    const std::unique_ptr<cairo_t, Unref> context(cairo_create(surface.get()));
    const RsvgRectangle page{0, 0, width, height};
    if (rsvg_handle_render_document(handle.get(), context.get(), &page, &raw_error) == FALSE) {
        error.reset(raw_error);
        throw base::InternalError(fmt::format("librsvg cannot draw our own picture: {}", error ? error->message : "no reason given"));
    }
    std::string png;
    if (cairo_surface_write_to_png_stream(surface.get(), append_bytes, &png) != CAIRO_STATUS_SUCCESS) {
        throw base::InternalError("cairo cannot write PNG");
    }
    const auto sink = job.output.open("");
    sink->write(png);
    sink->finish();
}

}  // namespace liaison::exports
