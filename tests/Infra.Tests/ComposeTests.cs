using System.Text.RegularExpressions;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Infra.Tests;

public sealed partial class ComposeTests
{
    public static TheoryData<string> Built => [.. ComposeFile.Services.Keys.Cast<string>().Where(name => ComposeFile.Map(ComposeFile.Services[name]).ContainsKey("build"))];

    [Fact]
    public void Every_service_is_there() =>
        Assert.Equal(["board", "ingest", "origin", "portal", "worker"], Built.Select(row => row.Data).Order());

    [Theory]
    [MemberData(nameof(Built))]
    public void A_service_takes_all_its_settings(string name) => ServiceOptions.AssertTaken(ProjectOf(name), ComposeFile.Environment(name));

    [Fact]
    public void Titles_may_be_protected() => ServiceOptions.AssertTaken(
        "Transcoder", new Dictionary<string, string>(ComposeFile.Environment("worker")) { ["Planning__Protection"] = "Cbcs" });

    [Theory]
    [MemberData(nameof(Built))]
    public void A_service_is_built_from_what_is_there(string name)
    {
        var build = ComposeFile.Map(ComposeFile.Map(ComposeFile.Services[name])["build"]);
        var context = Path.GetFullPath(Path.Combine(ComposeFile.Folder, (string)build["context"]));
        Assert.Equal(Repository.Root, context);
        var containerfile = new Containerfile(Path.Combine(context, (string)build["dockerfile"]));
        Assert.Contains((string)build["target"], containerfile.Stages);
        containerfile.AssertContextIsComplete(context, ProjectOf(name));
    }

    [Fact]
    public void The_image_of_the_portal_has_what_the_library_of_its_ranker_wants()
    {
        var build = ComposeFile.Map(ComposeFile.Map(ComposeFile.Services["portal"])["build"]);
        var containerfile = new Containerfile(Path.Combine(Repository.Root, (string)build["dockerfile"]));
        Assert.Contains(containerfile.LinesOf("build"), line => line.Contains("install", StringComparison.Ordinal) && line.Contains(" libgomp1 ", StringComparison.Ordinal)
            && line.Contains("libgomp.so.1 /native/", StringComparison.Ordinal));
        Assert.Contains("COPY --from=build /native /usr/lib", containerfile.LinesOf((string)build["target"]));
    }

    [Theory]
    [MemberData(nameof(Built))]
    public void A_service_can_change_nothing_but_its_data(string name)
    {
        var service = ComposeFile.Map(ComposeFile.Services[name]);
        Assert.Equal("true", service["read_only"]);
        Assert.Equal(["ALL"], (IEnumerable<object>)service["cap_drop"]);
        Assert.All((IEnumerable<object>)service["volumes"], volume => Assert.EndsWith("/data", (string)volume));
        Assert.False(service.ContainsKey("ports"), "Only the front is reached from outside.");
    }

    [Fact]
    public void The_front_knows_every_name_that_its_template_asks_for()
    {
        var asked = EnvironmentName().Matches(File.ReadAllText(Repository.Path("infra", "front", "flickstream.conf.template")))
            .Select(match => match.Groups[1].Value).Distinct().Order();
        var given = ComposeFile.Environment("front");
        Assert.Equal(given.Keys.Order(), asked);
        foreach (var name in asked.Where(name => name != "LISTEN"))
            Assert.Contains(given[name].Split(':')[0], Built.Select(row => row.Data));
    }

    [Fact]
    public void Every_file_that_is_mounted_is_there_or_is_made_by_the_script_of_secrets()
    {
        var mounted = ComposeFile.Services.Values.Select(ComposeFile.Map)
            .Where(service => service.ContainsKey("volumes"))
            .SelectMany(service => ((IEnumerable<object>)service["volumes"]).Cast<string>())
            .Where(volume => volume.StartsWith('.'))
            .Select(volume => volume.Split(':')[0]);
        Assert.All(mounted, path => Assert.True(Path.Exists(Path.Combine(ComposeFile.Folder, path)), path));
        Assert.Contains("secrets.d/admin.key", File.ReadAllText(Repository.Path("infra", "compose", "secrets")), StringComparison.Ordinal);
    }

    private static string ProjectOf(string service) => service is "board" or "worker" ? "Transcoder" : $"{char.ToUpperInvariant(service[0])}{service[1..]}";

    // nginx's own variables are written without braces.
    [GeneratedRegex(@"\$\{(\w+)\}")]
    private static partial Regex EnvironmentName();
}
