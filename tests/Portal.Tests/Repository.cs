namespace FlickStream.Portal.Tests;

internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "FlickStream.sln")) ? folder
        : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("These tests run in the repository."));
}
