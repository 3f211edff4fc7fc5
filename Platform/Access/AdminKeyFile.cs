using FlickStream.Platform.Blobs.Disk;
using Microsoft.Extensions.Logging;

namespace FlickStream.Platform.Access;

/// <summary>The administrator's key of a standalone FlickStream, in the file <c>admin.key</c> of the data folder, readable by its
/// owner only.</summary>
internal sealed class AdminKeyFile(ApiKeys keys, DataFolder folder, ILogger<AdminKeyFile> log)
{
    /// <summary>Keeps a file whose key is good; otherwise (first start, revoked, another database) makes a new key.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken = default)
    {
        var path = folder.In("admin.key");
        if (await IsGoodAsync(path, cancellationToken)) return;
        var created = await keys.CreateAsync("Administrator (admin.key)", [Scopes.Admin], cancellationToken);
        var temp = path + ".new";
        File.Delete(temp);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var file = new StreamWriter(temp, options)) await file.WriteLineAsync(created.Text.AsMemory(), cancellationToken);
        File.Move(temp, path, overwrite: true);
        DurableFile.FlushFolder(folder.Path);
        log.LogInformation("The administrator's key is in {Path}", path);
    }

    private async Task<bool> IsGoodAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path)) return false;
        var text = (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
        return await keys.VerifyAsync(text) is { } key && key.Scopes.Contains(Scopes.Admin);
    }
}
