using System.Security.Cryptography;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Problems;
using FlickStream.Platform.Protection;

namespace FlickStream.Origin.Keys;

/// <summary>Sends a key as HLS players want it: 16 bytes, which nothing on the way may keep.</summary>
internal sealed class SendKey(ContentKeySeal seal)
{
    /// <summary>A content key by its id, for <c>cbcs</c> without a DRM system.</summary>
    public ValueTask<Problem?> SendContentAsync(HttpContext context, PresentationView view, ReadOnlySpan<char> name, int height)
    {
        if (view is not { Keys: { IsDelivered: true } title, Presentation.Protection.Scheme: ContentProtection.Cbcs }
            || !Guid.TryParseExact(name, "n", out var id)
            || title.Keys.FirstOrDefault(key => key.KeyId == id) is not { } found)
        {
            return new(KeyProblems.NotFound);
        }

        if (!GrantedKeys.Of(view, height).Contains(found)) return new(KeyProblems.NotGranted);
        return SendAsync(context, seal.Open(title, found));
    }

    /// <summary>The key of a period of a rendition that the grant opens.</summary>
    public ValueTask<Problem?> SendPeriodAsync(HttpContext context, PresentationView view, Rendition rendition, int period)
    {
        if (view is not { Keys: { } title, Presentation.Protection: { Scheme: ContentProtection.Aes128 } protection }
            || period > (view.Presentation.Grid.SegmentCount(view.Presentation.Frames) - 1) / protection.KeySegments
            || title.Find(UseOf(view, rendition)) is not { } found)
        {
            return new(KeyProblems.NotFound);
        }

        var secret = seal.Open(title, found);
        var key = new byte[PeriodKey.Size];
        PeriodKey.Derive(secret, protection, rendition.Track.Name, rendition.Track.Part.Revision, period, key);
        CryptographicOperations.ZeroMemory(secret);
        return SendAsync(context, key);
    }

    private static KeyUse UseOf(PresentationView view, Rendition rendition) =>
        rendition.IsVideo ? KeyUses.Of(view.Presentation.Video[rendition.Index]) : KeyUse.Audio;

    private static async ValueTask<Problem?> SendAsync(HttpContext context, byte[] key)
    {
        try
        {
            var response = context.Response;
            response.Headers.CacheControl = "no-store";
            response.ContentType = "application/octet-stream";
            response.ContentLength = key.Length;
            if (!HttpMethods.IsHead(context.Request.Method)) await response.BodyWriter.WriteAsync(key, context.RequestAborted);
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
