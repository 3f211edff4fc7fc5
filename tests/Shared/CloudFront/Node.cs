using System.Diagnostics;
using System.Text.Json;

namespace FlickStream.Tests.CloudFront;

/// <summary>Runs the scripts of <c>tests/CloudFront</c>, which hold AWS's own libraries.</summary>
internal static class Node
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly Lazy<Task> Packages = new(InstallAsync);

    public static string Folder { get; } = FindFolder();

    /// <summary>Gives a script one JSON document and reads the one that it prints.</summary>
    public static async Task<T> RunAsync<T>(string script, object input, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        await Packages.Value;
        using var process = Process.Start(Start("node", [script, .. arguments]))!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await JsonSerializer.SerializeAsync(process.StandardInput.BaseStream, input, Json, cancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return JsonSerializer.Deserialize<T>(await output, Json)!;
    }

    /// <summary>Starts a script that goes on; its first line is where it listens.</summary>
    public static async Task<(Process Process, Uri Address)> ServeAsync(
        string script, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        await Packages.Value;
        var start = Start("node", [script, .. arguments]);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var line = await process.StandardOutput.ReadLineAsync(cancellationToken);
        return line is not null ? (process, new Uri(line)) : throw new InvalidOperationException(await errors);
    }

    private static async Task InstallAsync()
    {
        using var process = Process.Start(Start("bash", ["setup.sh"]))!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, errors + await output);
    }

    private static ProcessStartInfo Start(string program, IEnumerable<string> arguments) => new(program, arguments)
    {
        WorkingDirectory = Folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    private static string FindFolder()
    {
        // Of a checkout, or of packed tests.
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "tests", "CloudFront"))) folder = folder.Parent!;
        return Path.Combine(folder.FullName, "tests", "CloudFront");
    }
}
