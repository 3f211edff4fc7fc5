using CliWrap;
using CliWrap.Buffered;

namespace FlickStream.Standalone.Tests.Masters;

/// <summary>Makes masters, each in a folder of its own.</summary>
internal static class MasterFiles
{
    /// <returns>The master's path.</returns>
    public static async Task<string> MakeAsync(Master master, DirectoryInfo parent, CancellationToken cancellationToken)
    {
        var folder = parent.CreateSubdirectory(master.Name);
        foreach (var (name, bytes) in master.Files) await File.WriteAllBytesAsync(Path.Combine(folder.FullName, name), bytes, cancellationToken);
        foreach (var arguments in master.Commands)
        {
            var result = await Cli.Wrap("ffmpeg")
                .WithWorkingDirectory(folder.FullName)
                .WithArguments(["-nostdin", "-v", "error", "-y", .. arguments])
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(cancellationToken);
            Assert.True(result.ExitCode == 0, $"ffmpeg {string.Join(' ', arguments)}\n{result.StandardError}");
        }

        var path = Path.Combine(folder.FullName, master.File);
        foreach (var part in master.Join) await File.AppendAllBytesAsync(path, await File.ReadAllBytesAsync(Path.Combine(folder.FullName, part), cancellationToken), cancellationToken);
        if (master.Edit is { } edit)
            await File.WriteAllBytesAsync(path, edit(File.Exists(path) ? await File.ReadAllBytesAsync(path, cancellationToken) : []), cancellationToken);
        return path;
    }
}
