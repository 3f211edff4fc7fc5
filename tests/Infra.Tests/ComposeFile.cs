using FlickStream.Standalone.Tests.Harness;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace FlickStream.Infra.Tests;

/// <summary><c>infra/compose.yaml</c> with its merges done.</summary>
internal static class ComposeFile
{
    public static string Folder { get; } = Repository.Path("infra");

    public static IDictionary<object, object> Services { get; } = Map(Read()["services"]);

    public static IDictionary<object, object> Map(object value) => (IDictionary<object, object>)value;

    public static IReadOnlyDictionary<string, string> Environment(string service) =>
        Map(Map(Services[service])["environment"]).ToDictionary(e => (string)e.Key, e => Filled((string)e.Value));

    private static Dictionary<object, object> Read()
    {
        using var file = File.OpenText(Path.Combine(Folder, "compose.yaml"));
        return new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(new MergingParser(new Parser(file)));
    }

    // What compose does with ${NAME:?why}: every such name is one that infra/compose/secrets makes.
    private static string Filled(string text) =>
        System.Text.RegularExpressions.Regex.Replace(text, @"\$\{(\w+)(:\?[^}]*)?\}", name => $"secret-{name.Groups[1].Value.ToLowerInvariant()}");
}
