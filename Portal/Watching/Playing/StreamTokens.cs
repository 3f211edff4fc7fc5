using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace FlickStream.Portal.Watching.Playing;

/// <summary>
/// Lets a player tell of its stream without a session: the last word of a page that is closed (navigator.sendBeacon) can carry no header, and a
/// heartbeat that looked up who asks would cost more than what it is for. In a body, never in an address.
/// </summary>
internal sealed class StreamTokens(IDataProtectionProvider protection)
{
    private readonly IDataProtector _seal = protection.CreateProtector("FlickStream.Stream");

    /// <param name="streamId">The grant's, 32 hex digits.</param>
    public string Seal(string streamId) => Base64Url.EncodeToString(_seal.Protect(Guid.ParseExact(streamId, "n").ToByteArray()));

    /// <summary>The stream's id; null for what was not sealed here.</summary>
    public string? Open(string? token)
    {
        if (token is not { Length: > 0 and < 500 }) return null;
        try
        {
            return _seal.Unprotect(Base64Url.DecodeFromChars(token)) is { Length: 16 } id ? new Guid(id).ToString("n") : null;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return null; // Forged, or sealed by keys that are gone.
        }
    }
}
