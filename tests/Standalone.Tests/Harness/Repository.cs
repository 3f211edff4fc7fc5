namespace FlickStream.Standalone.Tests.Harness;

/// <summary>Where the files lie that the tests read, of a checkout or of packed tests (<c>./test --pack</c>), found from the test assembly
/// upwards.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(System.IO.Path.Combine(folder.FullName, "tests", "Players")))
            folder = folder.Parent ?? throw new InvalidOperationException("tests/Players is not above the test assembly.");
        return folder.FullName;
    }
}
