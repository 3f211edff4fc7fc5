using System.ComponentModel;
using System.Security.Cryptography;
using System.Text;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Reviews.Names;

/// <summary>A name that a moderator took from a profile, and that nobody is given again. It tells nothing of whose it was.</summary>
/// <param name="Name">As it was chosen.</param>
/// <param name="At">When it was taken.</param>
[ImmutableObject(true)]
internal sealed record RemovedName(string Name, DateTimeOffset At)
{
    public static readonly DocumentSchema<RemovedName> Schema = new DocumentSchema<RemovedName>("removed_public_names").Field("at", n => n.At).Index("at");

    /// <param name="key">The same for names that look alike.</param>
    public static string IdOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16));
}
