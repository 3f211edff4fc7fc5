namespace FlickStream.Standalone.Tests.Harness;

/// <summary>Where this checkout's files lie, found from the test assembly upwards.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "FlickStream.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("FlickStream.sln is not above the test assembly.");
        return folder.FullName;
    }
}
