using System.Collections.Concurrent;
using FlickStream.Platform.Cache;
using FlickStream.Platform.Documents;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform.Access.Sessions;

/// <param name="Session">What is kept.</param>
/// <param name="Text">The cookie's value, kept nowhere.</param>
public sealed record OpenedSession(Session Session, string Text);

/// <summary>Who is signed in. One that is ended is refused at once by this process and within <see cref="ApiKeys.RevocationDelay"/> by
/// others.</summary>
public sealed class SessionStore(
    IDocuments documents, HybridCache cache, IOptions<SessionOptions> options, IOptions<PlatformOptions> platform, TimeProvider time,
    ILogger<SessionStore> log)
{
    // How far the told time of the last use may lag, so that a viewer's every request is not a write.
    private static readonly TimeSpan SeenStep = TimeSpan.FromMinutes(1);

    private readonly IDocumentSet<Session> _sessions = documents.Set(Session.Schema);
    private readonly ConcurrentDictionary<string, Task> _noting = new(StringComparer.Ordinal);
    private readonly bool _isCachedForAll = platform.Value.Cache == CacheAdapter.Redis;

    private readonly HybridCacheEntryOptions _cached = platform.Value.Cache == CacheAdapter.Redis
        ? new() { Expiration = ApiKeys.RevocationDelay, Flags = HybridCacheEntryFlags.DisableLocalCache }
        : new()
        {
            Expiration = ApiKeys.RevocationDelay,
            LocalCacheExpiration = ApiKeys.RevocationDelay,
            Flags = HybridCacheEntryFlags.DisableDistributedCache,
        };

    // By this process.
    private int _endings;

    /// <summary>Signs a person in. The session that the browser came with, if any, is the caller's to end.</summary>
    public async Task<OpenedSession> OpenAsync(
        string accountId, string role, string? organisationId, string device, string address, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        while (true)
        {
            var text = SessionText.Create();
            var session = new Session
            {
                Id = text.Id,
                SecretSha256 = text.Hash(),
                AccountId = accountId,
                OrganisationId = organisationId,
                Role = role,
                CreatedAt = now,
                SeenAt = now,
                ConfirmedAt = now,
                ExpiresAt = now + Min(options.Value.IdleOf(role), options.Value.LifeOf(role)),
                EndsAt = now + options.Value.LifeOf(role),
                Device = device,
                Address = address,
            };
            if (await _sessions.InsertAsync(session.Id, session, cancellationToken) is not null) return new OpenedSession(session, text.Reveal());
        }
    }

    /// <summary>The session that this cookie's value is, while it lasts; its use is noted.</summary>
    public async ValueTask<Session?> VerifyAsync(string text, CancellationToken cancellationToken)
    {
        if (SessionText.TryParse(text) is not { } parsed) return null;
        if (await FindAsync(parsed.Id, cancellationToken) is not { } session || !parsed.Matches(session)) return null;
        var now = time.GetUtcNow();
        if (!IsGood(session, now) && _noting.TryGetValue(session.Id, out var noting))
        {
            // What it waits for may be what moves its end.
            await noting.WaitAsync(cancellationToken);
            if (await FindAsync(parsed.Id, cancellationToken) is not { } noted) return null;
            session = noted;
        }

        if (!IsGood(session, now)) return null;
        if (now - session.SeenAt >= SeenStep) Note(session.Id, Seen);
        return session;

        Session Seen(Session s) => s with { SeenAt = now, ExpiresAt = Earlier(now + options.Value.IdleOf(s.Role), s.EndsAt) };
    }

    /// <summary>Notes that the person showed who they are just now.</summary>
    public Task<Session?> ConfirmAsync(string id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return ChangeAsync(id, session => session with { ConfirmedAt = now }, cancellationToken);
    }

    /// <summary>Notes which profile it acts as; null when the session is gone.</summary>
    /// <param name="id">The session.</param>
    /// <param name="profileId">The profile.</param>
    /// <param name="isForOthers">Somebody else sits there from now on, so that what its owner showed of themselves counts no more.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<Session?> ActAsAsync(string id, string profileId, bool isForOthers, CancellationToken cancellationToken) => ChangeAsync(
        id, session => session with { ProfileId = profileId, ConfirmedAt = isForOthers ? DateTimeOffset.UnixEpoch : session.ConfirmedAt }, cancellationToken);

    /// <summary>Whether the person showed who they are recently enough for what is delicate.</summary>
    public bool IsConfirmed(Session session) => time.GetUtcNow() - session.ConfirmedAt < options.Value.ConfirmedFor;

    /// <summary>The same of the document, which another process may have ended while this one still has it cached.</summary>
    public async Task<bool> IsStillConfirmedAsync(Session session, CancellationToken cancellationToken) =>
        await _sessions.GetAsync(session.Id, cancellationToken) is { } kept && IsConfirmed(kept.Value);

    /// <summary>The account's sessions that last, no more than 1000.</summary>
    public async Task<IReadOnlyList<Session>> ListAsync(string accountId, CancellationToken cancellationToken)
    {
        var page = await _sessions.QueryAsync(Of(accountId), cancellationToken);
        var now = time.GetUtcNow();
        return [.. page.Items.Select(s => s.Value).Where(s => s.ExpiresAt > now).OrderByDescending(s => s.SeenAt)];
    }

    /// <summary>Ends one; false when there is none of this id.</summary>
    public async Task<bool> EndAsync(string id, CancellationToken cancellationToken)
    {
        var ended = await _sessions.DeleteAsync(id, null, cancellationToken);
        Interlocked.Increment(ref _endings);
        await cache.RemoveAsync(CacheKey(id), CancellationToken.None);
        return ended;
    }

    /// <summary>Ends all of an account but one.</summary>
    /// <returns>How many.</returns>
    public async Task<int> EndAllAsync(string accountId, string? but, CancellationToken cancellationToken)
    {
        var ended = 0;
        await foreach (var session in _sessions.QueryAllAsync(Of(accountId), cancellationToken))
            if (session.Id != but && await EndAsync(session.Id, cancellationToken)) ended++;
        return ended;
    }

    /// <summary>Removes what has ended by itself.</summary>
    public Task SweepAsync(CancellationToken cancellationToken) => _sessions.DeleteAllAsync(
        new() { Filters = [DocumentFilter.AtMost("expires", time.GetUtcNow())], Sort = [new("expires")] }, cancellationToken);

    private async ValueTask<Session?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var (wasRead, endings) = (false, Volatile.Read(ref _endings));
        var session = await cache.ReadThroughAsync(
            CacheKey(id),
            id,
            async wanted =>
            {
                wasRead = true;
                return (await _sessions.GetAsync(wanted, CancellationToken.None))?.Value;
            },
            _cached);

        // It may have been ended between being read here and being cached, when its removal from the cache was too early. What only this process has cached
        // is wrong for no longer than it may be, unless it was this process that ended it.
        if (!wasRead || session is null || (!_isCachedForAll && endings == Volatile.Read(ref _endings))) return session;
        if (await _sessions.GetAsync(id, cancellationToken) is not null) return session;
        await cache.RemoveAsync(CacheKey(id), cancellationToken);
        return null;
    }

    private static bool IsGood(Session session, DateTimeOffset now) => now < session.ExpiresAt && now < session.EndsAt;

    /// <summary>Nobody waits for it: no answer depends on it, and a process that dies before it has forgotten a minute of a session's use.</summary>
    private void Note(string id, Func<Session, Session> seen)
    {
        var noting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // Requests of one page come side by side.
        if (_noting.TryAdd(id, noting.Task)) _ = NoteAsync(id, seen, noting);
    }

    private async Task NoteAsync(string id, Func<Session, Session> seen, TaskCompletionSource noting)
    {
        try
        {
            await ChangeAsync(id, seen, CancellationToken.None);
        }
        catch (Exception fault)
        {
            // The next request notes it.
            log.LogWarning(fault, "The use of a session could not be noted.");
        }
        finally
        {
            _noting.TryRemove(id, out _);
            noting.SetResult();
        }
    }

    private async Task<Session?> ChangeAsync(string id, Func<Session, Session> change, CancellationToken cancellationToken)
    {
        var changed = await _sessions.UpdateAsync(id, change, cancellationToken);
        await cache.RemoveAsync(CacheKey(id), cancellationToken);
        return changed?.Value;
    }

    private static DocumentQuery Of(string accountId) => new() { Filters = [DocumentFilter.Equal("account", accountId)], Limit = 1000 };

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static string CacheKey(string id) => $"session:{id}";
}
