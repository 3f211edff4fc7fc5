using FlickStream.Platform;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Mail;

/// <summary>Puts letters as .eml files into <c>outbox</c> of the data folder, for a machine without a mail server. Only its owner reads them.</summary>
internal sealed class OutboxCarrier(IOptions<PlatformOptions> platform, IOptions<MailOptions> options, TimeProvider time) : IMailCarrier
{
    public async Task CarryAsync(Letter letter, string id, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(platform.Value.DataFolder, "outbox");
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var now = time.GetUtcNow();
        var path = Path.Combine(folder, $"{now:yyyyMMdd-HHmmss}-{id}.eml");
        await using (var file = File.Create(path + ".new")) await Message.Of(letter, id, now, options.Value).WriteToAsync(file, cancellationToken);
        File.Move(path + ".new", path, overwrite: true);
    }
}
