using System.Buffers.Text;
using System.Security.Cryptography;
using FlickStream.Platform.Cache;
using Microsoft.AspNetCore.DataProtection;

namespace FlickStream.Portal.Watching.Playing;

/// <summary>
/// Lets a player tell of its stream without a session: the last word of a page that is closed (navigator.sendBeacon) can carry no header, and a
/// heartbeat that looked up who asks would cost more than what it is for. In a body, never in an address.
/// </summary>
internal sealed class StreamTokens(IDataProtectionProvider protection)
{
    // Of so many players; each sends the same token every half a minute, and opening it takes a fifth of what a heartbeat does.
    private const int MostOpened = 50_000;
    private const int OpenedBytes = 600;

    private readonly Recent<string, string> _opened = new((long)MostOpened * OpenedBytes, StringComparer.Ordinal);
    private readonly IDataProtector _seal = protection.CreateProtector("FlickStream.Stream");

    /// <param name="streamId">The grant's, 32 hex digits.</param>
    public string Seal(string streamId) => Base64Url.EncodeToString(_seal.Protect(Guid.ParseExact(streamId, "n").ToByteArray()));

    /// <summary>The stream's id; null for what was not sealed here.</summary>
    public string? Open(string? token)
    {
        if (token is not { Length: > 0 and < 500 }) return null;
        if (_opened.Find(token) is { } known) return known;
        try
        {
            return _seal.Unprotect(Base64Url.DecodeFromChars(token)) is { Length: 16 } id ? _opened.Keep(token, new Guid(id).ToString("n"), OpenedBytes) : null;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return null; // Forged, or sealed by keys that are gone.
        }
    }
}
