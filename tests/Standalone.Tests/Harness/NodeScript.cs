using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;

namespace FlickStream.Standalone.Tests.Harness;

/// <summary>Runs a script of <c>tests/Players</c> and reads the one JSON document it prints.</summary>
internal static class NodeScript
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };
    private static readonly Lazy<Task> Packages = new(InstallAsync);

    public static async Task<T> RunAsync<T>(string script, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        await Packages.Value;
        var result = await Cli.Wrap("node")
            .WithWorkingDirectory(Repository.Path("tests", "Players"))
            .WithArguments([script, .. arguments])
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken);
        Assert.True(result.ExitCode == 0, $"{script} exited with {result.ExitCode}:\n{result.StandardError}");
        var answer = JsonSerializer.Deserialize<T>(result.StandardOutput, Json)!;
        TestContext.Current.TestOutputHelper?.WriteLine(result.StandardOutput);
        return answer;
    }

    private static async Task InstallAsync()
    {
        var result = await Cli.Wrap(Repository.Path("tests", "Players", "setup.sh")).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
        Assert.True(result.ExitCode == 0, $"setup.sh exited with {result.ExitCode}:\n{result.StandardError}");
    }
}
