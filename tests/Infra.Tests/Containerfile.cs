using System.Text.RegularExpressions;

namespace FlickStream.Infra.Tests;

/// <summary>A container file, as far as can be told without a container engine.</summary>
internal sealed partial class Containerfile
{
    private readonly string[] _lines;

    public Containerfile(string path)
    {
        _lines = File.ReadAllText(path).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n');
        Stages = [.. _lines.Select(line => Stage().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value)];
    }

    public IReadOnlyList<string> Stages { get; }

    /// <summary>Those of a stage, without the one that begins it.</summary>
    public IReadOnlyList<string> LinesOf(string stage) =>
        [.. _lines.SkipWhile(line => !line.EndsWith($" AS {stage}", StringComparison.Ordinal)).Skip(1).TakeWhile(line => !line.StartsWith("FROM ", StringComparison.Ordinal))];

    /// <summary>What is copied is there, and it is all that the project needs to be built.</summary>
    public void AssertContextIsComplete(string context, string project)
    {
        var copied = _lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from=", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..^1])
            .Select(path => path.Replace("${SERVICE}", project, StringComparison.Ordinal))
            .ToHashSet();
        Assert.All(copied, path => Assert.True(Path.Exists(Path.Combine(context, path)), path));

        var projects = ReferencesOf(Path.Combine(context, project, $"{project}.csproj")).Append(project);
        Assert.All(projects, folder => Assert.Contains(folder, copied));
        foreach (var needed in (string[])["Directory.Build.props", "Directory.Packages.props", "BannedSymbols.txt", "BannedSymbols.Product.txt", ".editorconfig", "global.json"])
            Assert.Contains(needed, copied);
        var ignored = File.ReadAllLines(Path.Combine(context, "infra", "containers", "Containerfile.dockerignore"));
        Assert.All(copied, path => Assert.Contains($"!{path}", ignored));
    }

    private static IEnumerable<string> ReferencesOf(string project) =>
        Reference().Matches(File.ReadAllText(project)).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"^FROM \S+ AS (\w+)$")]
    private static partial Regex Stage();

    [GeneratedRegex("""ProjectReference Include="\.\./(\w+)/""")]
    private static partial Regex Reference();
}
