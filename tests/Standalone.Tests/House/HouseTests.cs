using System.Reflection;
using System.Xml.Linq;
using FlickStream.Ingest;
using FlickStream.Origin;
using FlickStream.Portal;
using FlickStream.Transcoder;

namespace FlickStream.Standalone.Tests.House;

/// <summary>The rules that keep the services apart. They read the sources, so packed tests leave them out.</summary>
[Trait("Needs", "sources")]
public sealed class HouseTests
{
    private static readonly string[] ServiceNames = ["Ingest", "Transcoder", "Origin", "Portal"];

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "FlickStream.sln"))) folder = folder.Parent!;
            return folder.FullName;
        }
    }

    public static TheoryData<Assembly> Services => new(
        typeof(IngestService).Assembly, typeof(TranscoderService).Assembly, typeof(OriginService).Assembly, typeof(PortalService).Assembly);

    [Fact]
    public void A_service_references_platform_only()
    {
        foreach (var service in ServiceNames) Assert.Equal(["Platform"], ReferencesOf($"{service}/{service}.csproj"));
    }

    [Fact]
    public void Platform_references_none_of_ours() => Assert.Empty(ReferencesOf("Platform/Platform.csproj"));

    [Fact]
    public void Standalone_references_all_and_nothing_but_its_tests_references_it()
    {
        Assert.Equal(["Platform", .. ServiceNames], ReferencesOf("Standalone/Standalone.csproj"));
        var projects = Directory.EnumerateFiles(Root, "*.csproj", new EnumerationOptions { RecurseSubdirectories = true })
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.StartsWith("tests/", StringComparison.Ordinal) && !path.StartsWith("benches/", StringComparison.Ordinal))
            .ToArray();
        Assert.True(projects.Length >= ServiceNames.Length + 2);
        Assert.All(projects, project => Assert.DoesNotContain("Standalone", ReferencesOf(project)));
    }

    [Theory]
    [MemberData(nameof(Services), DisableDiscoveryEnumeration = true)]
    public void A_service_shows_only_its_registration_and_its_options(Assembly service)
    {
        var shown = service.GetExportedTypes().Select(type => type.Name)
            .Where(name => !name.EndsWith("Service", StringComparison.Ordinal) && !name.EndsWith("Options", StringComparison.Ordinal))
            .Where(name => name != "Program");
        Assert.Empty(shown);
    }

    [Theory]
    [MemberData(nameof(Services), DisableDiscoveryEnumeration = true)]
    public void A_service_leaves_none_of_its_classes_open(Assembly service)
    {
        // Compiler-made types and the entry point are not ours to seal.
        var open = service.GetTypes()
            .Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false } && type.Namespace?.StartsWith("FlickStream.", StringComparison.Ordinal) == true)
            .Where(type => !type.Name.Contains('<', StringComparison.Ordinal) && !service.GetTypes().Any(other => other.BaseType == type))
            .Select(type => type.FullName);
        Assert.Empty(open);
    }

    private static string[] ReferencesOf(string project) =>
    [
        .. XDocument.Load(Path.Combine(Root, project)).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'))),
    ];
}
