using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.CDK;
using Amazon.CDK.Assertions;

// The library's other half is one Node process for all, which answers one caller at a time.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]

namespace FlickStream.Aws.Tests;

/// <summary>A stack made from a settings file, as the program makes it, and the template that would be deployed.</summary>
internal sealed class Deployment : IDisposable
{
    private static readonly Lazy<Deployment> Plain = new(() => new Deployment([RsaKey()]));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aws-");

    public Deployment(IReadOnlyList<string> keys, Action<JsonObject>? change = null)
    {
        var (settings, errors) = SettingsFile.Read(WriteSettings(_folder.FullName, keys, change));
        Assert.Empty(errors);
        var app = new App(new AppProps { Outdir = Path.Combine(_folder.FullName, "out"), AnalyticsReporting = false });
        var stack = new FlickStreamStack(app, "FlickStream", settings!);
        Template = Template.FromStack(stack);
        Json = JsonNode.Parse(File.ReadAllText(app.Synth().GetStackByName("FlickStream").TemplateFullPath))!.AsObject();
    }

    /// <summary>With one key and nothing out of the ordinary; made once.</summary>
    public static Deployment Default => Plain.Value;

    public Template Template { get; }

    public JsonObject Json { get; }

    /// <summary>Resources of a type, by their logical ids.</summary>
    public IReadOnlyDictionary<string, JsonObject> Of(string type) => Json["Resources"]!.AsObject()
        .Where(resource => (string)resource.Value!["Type"]! == type)
        .ToDictionary(resource => resource.Key, resource => resource.Value!["Properties"]!.AsObject());

    public JsonObject Only(string type) => Of(type).Single().Value;

    public JsonObject Distribution => Only("AWS::CloudFront::Distribution")["DistributionConfig"]!.AsObject();

    /// <summary>The logical id of the one resource whose id begins so.</summary>
    public string IdOf(string type, string start) => Of(type).Keys.Single(id => id.StartsWith(start, StringComparison.Ordinal));

    public void Dispose() => _folder.Delete(recursive: true);

    /// <returns>The settings' path; the keys' files lie beside it.</returns>
    public static string WriteSettings(string folder, IReadOnlyList<string> keys, Action<JsonObject>? change = null)
    {
        var settings = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository, "infra/aws/settings.example.json")))!.AsObject();
        settings["signingKeys"] = new JsonArray([.. keys.Select((_, i) => JsonValue.Create($"{i}.pem"))]);
        for (var i = 0; i < keys.Count; i++) File.WriteAllText(Path.Combine(folder, $"{i}.pem"), keys[i]);
        change?.Invoke(settings);
        var path = Path.Combine(folder, "settings.json");
        File.WriteAllText(path, JsonSerializer.Serialize(settings));
        return path;
    }

    public static string RsaKey(int bits = 2048)
    {
        using var rsa = RSA.Create(bits);
        return rsa.ExportSubjectPublicKeyInfoPem();
    }

    public static string EcdsaKey()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return ecdsa.ExportSubjectPublicKeyInfoPem();
    }

    private static string Repository
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "FlickStream.sln"))) folder = folder.Parent!;
            return folder.FullName;
        }
    }
}
