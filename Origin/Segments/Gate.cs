using FlickStream.Origin.Grants;
using FlickStream.Platform.Problems;

namespace FlickStream.Origin.Segments;

/// <summary>Judges a token: what it opens, or why it opens nothing.</summary>
internal sealed class Gate(DeliveryKeys keys, Revocations revocations, StreamPlaces places, TimeProvider time)
{
    public async ValueTask<(GrantClaims? Claims, Problem? Refusal)> AdmitAsync(
        ReadOnlyMemory<char> token, bool isPlaying, CancellationToken cancellationToken)
    {
        var claims = GrantToken.Open(token.Span, keys.Ring, out var unknownKey);
        if (unknownKey && await keys.LookAgainAsync(cancellationToken)) claims = GrantToken.Open(token.Span, keys.Ring, out _);
        if (claims is null) return (null, PlayProblems.TokenInvalid);
        if (claims.ExpiresAt <= time.GetUtcNow()) return (null, GrantProblems.TokenExpired);
        if (revocations.Contains(claims.GrantId)) return (null, GrantProblems.GrantRevoked);
        if (isPlaying && claims.Streams is { } streams && !await places.HoldAsync(claims, streams, cancellationToken))
        {
            return (null, revocations.Contains(claims.GrantId) ? GrantProblems.GrantRevoked : GrantProblems.StreamLimit);
        }

        return (claims, null);
    }
}
