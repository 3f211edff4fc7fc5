using System.Text.RegularExpressions;
using FlickStream.Standalone.Tests.Harness;
using YamlDotNet.Serialization;

namespace FlickStream.Infra.Tests;

/// <summary>Alerts and the document that explains them, against what the services expose.</summary>
public sealed partial class AlertTests(ExposedMetrics exposed) : IClassFixture<ExposedMetrics>
{
    // Prometheus's own: whether it could scrape.
    private const string Up = "up";

    private static readonly string Document = File.ReadAllText(Repository.Path("docs", "operations.md"));

    private static readonly IReadOnlyList<Rule> Rules = [.. new DeserializerBuilder().Build()
        .Deserialize<RuleFile>(File.ReadAllText(Repository.Path("infra", "alerts.yaml"))).groups.SelectMany(group => group.rules)];

    public static TheoryData<string> Alerts => [.. Rules.Select(rule => rule.alert)];

    [Theory]
    [MemberData(nameof(Alerts))]
    public void An_alert_asks_for_what_is_exposed_and_says_how_bad_it_is(string alert)
    {
        var rule = Rules.Single(rule => rule.alert == alert);
        var asked = MetricsOf(rule.expr);
        Assert.NotEmpty(asked);
        Assert.All(asked, metric => Assert.Contains(metric, exposed.Names.Append(Up)));
        Assert.All(LabelsOf(rule.expr), label => Assert.Contains(label, exposed.Labels.Concat(["job", "le"])));
        Assert.Contains(rule.labels["severity"], (string[])["page", "ticket"]);
        Assert.NotEmpty(rule.annotations["summary"]);
    }

    [Theory]
    [MemberData(nameof(Alerts))]
    public void An_alert_is_explained_beside_its_metrics(string alert)
    {
        var rule = Rules.Single(rule => rule.alert == alert);
        var row = Assert.Single(Document.Split('\n'), line => line.StartsWith($"| `{alert}` |", StringComparison.Ordinal));
        Assert.All(MetricsOf(rule.expr), metric => Assert.Contains($"`{Suffix().Replace(metric, "")}`", row, StringComparison.Ordinal));
    }

    [Fact]
    public void The_document_explains_no_other_alerts_and_names_no_other_metrics()
    {
        Assert.Equal(
            Rules.Select(rule => rule.alert).Order(),
            AlertRow().Matches(Document).Select(match => match.Groups[1].Value).Order());
        var families = exposed.Names.Select(name => Suffix().Replace(name, "")).Append(Up).ToHashSet();
        var named = MetricName().Matches(Document).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.NotEmpty(named);
        Assert.All(named, metric => Assert.Contains(metric, families));
    }

    /// <summary>Names in an expression that are neither functions, nor words of the language, nor labels.</summary>
    private static IReadOnlyCollection<string> MetricsOf(string expression) =>
        [.. Name().Matches(NotMetrics().Replace(expression, " ")).Select(match => match.Value).Except(["and", "or", "unless"]).Distinct()];

    private static IEnumerable<string> LabelsOf(string expression) =>
        Matcher().Matches(expression).Select(match => match.Groups[1].Value)
            .Concat(Grouping().Matches(expression).SelectMany(match => match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)));

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]|\b(?:by|on|without)\s*\([^)]*\)")]
    private static partial Regex NotMetrics();

    [GeneratedRegex(@"\b[a-z][a-z0-9_]*\b(?!\s*\()")]
    private static partial Regex Name();

    [GeneratedRegex(@"[{,]\s*(\w+)\s*[=!]")]
    private static partial Regex Matcher();

    [GeneratedRegex(@"\b(?:by|on|without)\s*\(([^)]*)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex("_(?:bucket|count|sum)$")]
    private static partial Regex Suffix();

    [GeneratedRegex(@"^\| `(FlickStream\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex AlertRow();

    [GeneratedRegex("`((?:flickstream|http_server|kestrel|dotnet)_[a-z0-9_]+)")]
    private static partial Regex MetricName();

#pragma warning disable CA1812, SA1300, IDE1006 // Made by the reader of YAML, by the names that Prometheus gives.
    private sealed class RuleFile
    {
        public List<RuleGroup> groups { get; init; } = [];
    }

    private sealed class RuleGroup
    {
        public string name { get; init; } = "";

        public List<Rule> rules { get; init; } = [];
    }

    private sealed class Rule
    {
        public string alert { get; init; } = "";

        public string expr { get; init; } = "";

        public string @for { get; init; } = "0s";

        public Dictionary<string, string> labels { get; init; } = [];

        public Dictionary<string, string> annotations { get; init; } = [];
    }
#pragma warning restore
}
