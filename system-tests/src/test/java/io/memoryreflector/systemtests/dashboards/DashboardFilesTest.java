package io.memoryreflector.systemtests.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Grafana wants of a dashboard, as far as its file tells. */
class DashboardFilesTest {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-z]\\w*)");

    static List<Dashboard> dashboards() throws IOException {
        return Dashboard.all();
    }

    @Test
    void shouldBeFoundByAnIdAndATitleOfItsOwn() throws IOException {
        assertThat(dashboards())
                .hasSize(6)
                .extracting(dashboard -> dashboard.json().path("uid").asString())
                .doesNotHaveDuplicates()
                .allMatch(uid -> uid.matches("memory-reflector-[a-z]+"));
        assertThat(dashboards())
                .extracting(dashboard -> dashboard.json().path("title").asString())
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void shouldHavePanelsWithTitlesThatDoNotLieOnEachOther(Dashboard dashboard) {
        var taken = new HashSet<String>();
        for (var panel : dashboard.panels()) {
            assertThat(panel.path("title").asString()).isNotBlank();
            var place = panel.path("gridPos");
            for (var x = 0; x < place.path("w").asInt(); x++) {
                for (var y = 0; y < place.path("h").asInt(); y++) {
                    var column = place.path("x").asInt() + x;
                    assertThat(column).isLessThan(24);
                    assertThat(taken.add(column + "/" + (place.path("y").asInt() + y)))
                            .as("%s lies on another", panel.path("title"))
                            .isTrue();
                }
            }
        }
        assertThat(dashboard.panels())
                .extracting(panel -> panel.path("id").asInt())
                .doesNotHaveDuplicates();
        assertThat(dashboard.panels())
                .extracting(panel -> panel.path("title").asString())
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void shouldAskTheSourceThatIsChosenAndUseEveryVariable(Dashboard dashboard) {
        var used = new HashSet<String>();
        for (var panel : dashboard.panels()) {
            assertThat(panel.path("datasource").path("uid").asString()).isEqualTo("${datasource}");
            for (var target : panel.path("targets")) {
                var variables = VARIABLE.matcher(target.path("expr").asString());
                while (variables.find()) {
                    used.add(variables.group(1));
                }
            }
        }
        assertThat(used).isEqualTo(dashboard.variables().keySet());
    }
}
