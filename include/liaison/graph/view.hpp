#pragma once
// The graph that the algorithms of this module walk: the index's mapped arrays, or any others of the same form.

#include "liaison/index/graph_view.hpp"

namespace liaison::graph {

using View = index::GraphView;
using Edge = index::GraphEdge;

}  // namespace liaison::graph
