using System.Collections.Concurrent;
using System.Security.Cryptography;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Documents;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Mail;

/// <summary>Sends what waits, on every node and several at once: a letter is one node's by compare-and-set for as long as an attempt may take. One that
/// was handed over just before its node died is sent once more with the same Message-ID.</summary>
internal sealed class MailSender(
    MailQueue queue, IMailCarrier carrier, IDocuments documents, IBus bus, TimeProvider time, IOptions<MailOptions> options, ILogger<MailSender> log)
    : BackgroundService
{
    /// <summary>For so long it is known that a letter was sent.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(60);

    // An urgent letter waits for no more than so many others, and others for no more than so many urgent ones: nobody who makes urgent letters of
    // strangers' addresses holds up the rest.
    private const int Turn = 5;

    // A claim outlasts an attempt, so that no other node begins one beside it.
    private static readonly TimeSpan ClaimTime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan AttemptTime = TimeSpan.FromSeconds(90);

    // What the server is about to take is not cut off where the process is to stop: it would come twice.
    private static readonly TimeSpan StoppingTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly IDocumentSet<WaitingLetter> _letters = documents.Set(WaitingLetter.Schema);
    private readonly SemaphoreSlim _lanes = new(options.Value.AtOnce);

    // With the server, and not written down yet: what is claimed again for that is not sent again.
    private readonly ConcurrentDictionary<string, bool> _taken = new(StringComparer.Ordinal);

    /// <summary>Sends what is due now: in turns the longest waiting of the urgent letters, and of all.</summary>
    public async Task SendDueAsync(CancellationToken cancellationToken)
    {
        var underway = new List<Task>();
        await BeginDueAsync(underway, cancellationToken);
        await Task.WhenAll(underway);
    }

    public override void Dispose()
    {
        base.Dispose();
        _lanes.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What comes while some are still with a slow server is begun beside them.
        var underway = new List<Task>();
        try
        {
            await bus.RunAsync(
                MailQueue.Topic, options.Value.SweepInterval, time, stop => BeginDueAsync(underway, stop),
                fault => log.LogError(fault, "Letters could not be looked for."), stoppingToken);
        }
        finally
        {
            await Task.WhenAll(underway);
        }
    }

    /// <summary>Ends once all that is due is with the server.</summary>
    /// <param name="underway">Takes those that are not done, which end on their own and never fail; those that are done are taken out.</param>
    /// <param name="cancellationToken">Stops them, too.</param>
    private async Task BeginDueAsync(List<Task> underway, CancellationToken cancellationToken)
    {
        bool isMore;
        do
        {
            isMore = await BeginTurnAsync("urgent", underway, cancellationToken);
            isMore |= await BeginTurnAsync("due", underway, cancellationToken);
        }
        while (isMore);

        await _letters.DeleteAllAsync(
            new() { Filters = [DocumentFilter.AtMost("ended", time.GetUtcNow() - Memory)], Sort = [new("ended")] }, cancellationToken);
    }

    /// <returns>Whether there may be more.</returns>
    private async Task<bool> BeginTurnAsync(string field, List<Task> underway, CancellationToken cancellationToken)
    {
        var due = await _letters.QueryAsync(new() { Filters = [DocumentFilter.AtMost(field, time.GetUtcNow())], Sort = [new(field)], Limit = Turn }, cancellationToken);
        foreach (var letter in due.Items)
        {
            await _lanes.WaitAsync(cancellationToken);
            underway.RemoveAll(one => one.IsCompleted);
            Stored<WaitingLetter>? claimed = null;
            try
            {
                // Not before there is room: a claim lasts hardly longer than an attempt may.
                claimed = await _letters.ReplaceAsync(
                    letter.Id, letter.Version, letter.Value with { DueAt = time.GetUtcNow() + ClaimTime, Attempts = letter.Value.Attempts + 1 }, cancellationToken);
                if (claimed is not null) underway.Add(SendInLaneAsync(claimed, cancellationToken));
            }
            finally
            {
                if (claimed is null) _lanes.Release(); // Another node's.
            }
        }

        return due.Items.Count == Turn;
    }

    private async Task SendInLaneAsync(Stored<WaitingLetter> claimed, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(claimed, cancellationToken);
        }
        catch (Exception fault)
        {
            // It is due again once the claim is over.
            log.LogError(fault, "What became of letter {Letter} could not be written down.", claimed.Id);
        }
        finally
        {
            _lanes.Release();
        }
    }

    private async Task SendAsync(Stored<WaitingLetter> claimed, CancellationToken stopping)
    {
        try
        {
            var opened = queue.Open(claimed.Value);
            using var attempt = new CancellationTokenSource();
            attempt.CancelAfter(AttemptTime);
            await using var cutting = stopping.Register(() => attempt.CancelAfter(StoppingTime));
            if (opened.To is not null && !_taken.ContainsKey(claimed.Id)) await carrier.CarryAsync(opened, claimed.Id, attempt.Token);
            _taken[claimed.Id] = true;
        }
        catch (Exception fault) when (fault is not (MailRefusedException or CryptographicException)
            && time.GetUtcNow() - claimed.Value.CreatedAt < options.Value.GiveUpAfter)
        {
            var pause = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, claimed.Value.Attempts + 2), LongestPause.TotalSeconds));
            log.LogWarning("Letter {Letter} could not be sent, next try in {Pause}: {Fault}", claimed.Id, pause, fault.Message);
            await _letters.ReplaceAsync(claimed.Id, claimed.Version, claimed.Value with { DueAt = time.GetUtcNow() + pause }, CancellationToken.None);
            return;
        }
        catch (Exception fault)
        {
            log.LogError("Letter {Letter} is given up: {Fault}", claimed.Id, fault.Message);
        }

        await EndAsync(claimed, CancellationToken.None);
        _taken.TryRemove(claimed.Id, out _);
    }

    private Task<Stored<WaitingLetter>?> EndAsync(Stored<WaitingLetter> letter, CancellationToken cancellationToken) => _letters.ReplaceAsync(
        letter.Id, letter.Version, letter.Value with { DueAt = null, Sealed = null, EndedAt = time.GetUtcNow() }, cancellationToken);
}
