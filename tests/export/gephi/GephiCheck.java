import java.io.File;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.gephi.graph.api.Column;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Element;
import org.gephi.graph.api.Graph;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Node;
import org.gephi.graph.api.Table;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.EdgeMergeStrategy;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.api.Issue;
import org.gephi.io.processor.plugin.AppendProcessor;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.ProjectController;
import org.gephi.project.api.Workspace;
import org.openide.util.Lookup;

/**
 * Opens a GEXF with Gephi's own engine and says what it saw, one fact a line, for check_gephi.py to compare with the file.
 * With a second file, appends it to the same workspace first.
 * Lines: "issue LEVEL text", "nodes N", "edges N", "column TABLE ID TYPE FILLED", "node ID X Y SIZE", "kinds N".
 */
public class GephiCheck {
    static void report(Iterable<Issue> issues) {
        for (Issue issue : issues) {
            System.out.println("issue " + issue.getLevel() + " " + issue.getMessage().replace('\n', ' '));
        }
    }

    static Container load(ImportController controller, String path, boolean appending) throws Exception {
        Container container = controller.importFile(new File(path));
        container.getLoader().setAllowAutoNode(false);
        // Merging hides lost edges, so a first file is opened without; a second one is opened as the dialog does it.
        if (!appending) {
            container.getLoader().setEdgesMergeStrategy(EdgeMergeStrategy.NO_MERGE);
        }
        if (!container.verify()) {
            System.out.println("issue SEVERE verify() failed");
        }
        report(container.getReport().getIssuesList(Integer.MAX_VALUE));
        return container;
    }

    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ENGLISH);
        ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
        projects.newProject();
        ImportController imports = Lookup.getDefault().lookup(ImportController.class);

        DefaultProcessor first = new DefaultProcessor();
        imports.process(load(imports, arguments[0], false), first, null);
        if (first.getReport() != null) {
            report(first.getReport().getIssuesList(Integer.MAX_VALUE));
        }
        Workspace workspace = projects.getCurrentWorkspace();
        if (arguments.length > 1) {
            AppendProcessor second = new AppendProcessor();
            imports.process(load(imports, arguments[1], true), second, workspace);
            if (second.getReport() != null) {
                report(second.getReport().getIssuesList(Integer.MAX_VALUE));
            }
        }

        GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace);
        Graph graph = model.getGraph();
        System.out.println("nodes " + graph.getNodeCount());
        System.out.println("edges " + graph.getEdgeCount());
        System.out.println("kinds " + Arrays.stream(model.getEdgeTypeLabels()).filter(k -> k != null).count());
        System.out.println("dynamic " + model.isDynamic());
        for (Table table : new Table[] {model.getNodeTable(), model.getEdgeTable()}) {
            boolean nodes = table == model.getNodeTable();
            Element[] elements = nodes ? graph.getNodes().toArray() : graph.getEdges().toArray();
            Map<String, Integer> filled = new HashMap<>();
            for (Column column : table) {
                if (column.isProperty()) {
                    continue;
                }
                int count = 0;
                for (Element element : elements) {
                    if (element.getAttribute(column) != null) {
                        count++;
                    }
                }
                System.out.println("column " + (nodes ? "node" : "edge") + " " + column.getId().replace(' ', '~') + " "
                        + column.getTypeClass().getSimpleName() + " " + count);
            }
        }
        for (Node node : graph.getNodes().toArray()) {
            System.out.println("node " + node.getId() + "\t" + node.x() + "\t" + node.y() + "\t" + node.size() + "\t"
                    + (node.getLabel() == null ? 0 : node.getLabel().length()) + "\t" + node.getAttribute("name"));
        }
        for (Edge edge : graph.getEdges().toArray()) {
            System.out.println("edge " + edge.getId() + "\t" + edge.getWeight() + "\t" + edge.getTypeLabel());
        }
        System.out.flush();
        System.exit(0);
    }
}
