using System.Security.Cryptography;
using System.Text.Json;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging;

namespace FlickStream.Platform.Audit;

/// <summary>Keeps the end of the chain. It only moves on over what still is as it was: where it does not fit it stays, and tells so until an administrator
/// makes it anew.</summary>
public sealed class AuditAnchors(IDocuments documents, IDataProtectionProvider protection, ILogger<AuditAnchors> log)
{
    private readonly IDocumentSet<AuditAnchor> _anchors = documents.Set(AuditAnchor.Schema);
    private readonly IDocumentSet<AuditEvent> _events = documents.Set(AuditEvent.Schema);
    private readonly IDataProtector _seal = protection.CreateProtector("FlickStream.Audit");

    // Where the keys were away when the log began.
    private AuditEvent? _unsealed;

    /// <returns>Whether there is one, and what it says: null where it was not sealed by this installation's keys.</returns>
    public async Task<(bool IsThere, AuditTail? Tail)> ReadAsync(CancellationToken cancellationToken) =>
        await _anchors.GetAsync(AuditAnchor.Id, cancellationToken) is { } stored ? (true, Open(stored.Value)) : (false, null);

    /// <summary>To be called after each event was added, in any order.</summary>
    public async Task FollowAsync(AuditEvent added, CancellationToken cancellationToken)
    {
        // For who keeps logs elsewhere: what was written there cannot be written anew here.
        log.LogInformation("Audit event {Number} has the hash {Hash}.", added.Number, added.Hash);
        try
        {
            await MoveOnAsync(added, cancellationToken);
        }
        catch (CryptographicException fault)
        {
            // The keys may be kept in Redis, which may be away. What is told of goes on without: with the next event the seal catches up.
            if (added.Number == 1) _unsealed = added;
            log.LogWarning(fault, "The anchor of the audit log could not be sealed at event {Number}.", added.Number);
        }
    }

    /// <summary>Begins anew at the newest event, whatever was before it.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        var newest = new DocumentQuery { Sort = [new("number", Descending: true)], Limit = 1 };
        if ((await _events.QueryAsync(newest, cancellationToken)).Items is not [{ Value: var last }]) return;
        var anchor = Seal(new(last.Number, last.Hash, last.Number));
        while (await _anchors.UpdateAsync(AuditAnchor.Id, _ => anchor, cancellationToken) is null)
            if (await _anchors.InsertAsync(AuditAnchor.Id, anchor, cancellationToken) is not null) return;
    }

    private async Task MoveOnAsync(AuditEvent added, CancellationToken cancellationToken)
    {
        while (true)
        {
            var stored = await _anchors.GetAsync(AuditAnchor.Id, cancellationToken);
            if (stored is null && (added.Number == 1 ? added : _unsealed) is { } first)
            {
                await _anchors.InsertAsync(AuditAnchor.Id, Seal(new(1, first.Hash, 1)), cancellationToken);
                // Once alone: an anchor that is taken away later is to be missed.
                _unsealed = null;
                continue;
            }

            var tail = stored is null ? null : Open(stored.Value);
            if (tail?.Number >= added.Number) return;
            if (tail is null || !await FitsAsync(tail, added, cancellationToken))
            {
                log.LogWarning("The anchor of the audit log does not fit event {Number}: GET /api/audit/check tells why.", added.Number);
                return;
            }

            var next = Seal(tail with { Number = added.Number, Hash = added.Hash });
            if (await _anchors.ReplaceAsync(AuditAnchor.Id, stored!.Version, next, cancellationToken) is not null) return;
        }
    }

    /// <summary>Where others were added meanwhile, or a process ended before it moved the anchor, it is some events behind.</summary>
    private async Task<bool> FitsAsync(AuditTail tail, AuditEvent added, CancellationToken cancellationToken) =>
        tail.Hash == (tail.Number == added.Number - 1 ? added.Previous : (await _events.GetAsync(AuditEvent.IdOf(tail.Number), cancellationToken))?.Value.Hash);

    private AuditAnchor Seal(AuditTail tail) => new(_seal.Protect(JsonSerializer.SerializeToUtf8Bytes(tail, PlatformJson.Options)));

    private AuditTail? Open(AuditAnchor anchor)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditTail>(_seal.Unprotect(anchor.Sealed), PlatformJson.Options);
        }
        catch (CryptographicException)
        {
            return null; // Forged, or sealed by keys that are gone.
        }
    }
}
