using System.Security.Cryptography;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Documents;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Mail;

/// <summary>Sends what waits, on every node: a letter is one node's by compare-and-set for as long as an attempt may take. One that was handed
/// over just before its node died is sent once more with the same Message-ID.</summary>
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
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly IDocumentSet<WaitingLetter> _letters = documents.Set(WaitingLetter.Schema);

    /// <summary>Sends what is due now: in turns the longest waiting of the urgent letters, and of all.</summary>
    public async Task SendDueAsync(CancellationToken cancellationToken)
    {
        bool isMore;
        do
        {
            isMore = await SendTurnAsync("urgent", cancellationToken);
            isMore |= await SendTurnAsync("due", cancellationToken);
        }
        while (isMore);

        await _letters.DeleteAllAsync(
            new() { Filters = [DocumentFilter.AtMost("ended", time.GetUtcNow() - Memory)], Sort = [new("ended")] }, cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => bus.RunAsync(
        MailQueue.Topic, options.Value.SweepInterval, time, SendDueAsync, fault => log.LogError(fault, "Letters could not be looked for."), stoppingToken);

    /// <returns>Whether there may be more.</returns>
    private async Task<bool> SendTurnAsync(string field, CancellationToken cancellationToken)
    {
        var due = await _letters.QueryAsync(new() { Filters = [DocumentFilter.AtMost(field, time.GetUtcNow())], Sort = [new(field)], Limit = Turn }, cancellationToken);
        foreach (var letter in due.Items) await SendAsync(letter, cancellationToken);
        return due.Items.Count == Turn;
    }

    private async Task SendAsync(Stored<WaitingLetter> letter, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var claimed = await _letters.ReplaceAsync(
            letter.Id, letter.Version, letter.Value with { DueAt = now + ClaimTime, Attempts = letter.Value.Attempts + 1 }, cancellationToken);
        if (claimed is null) return; // Another node's.
        try
        {
            var opened = queue.Open(claimed.Value);
            using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            attempt.CancelAfter(AttemptTime);
            if (opened.To is not null) await carrier.CarryAsync(opened, letter.Id, attempt.Token);
            await EndAsync(claimed, CancellationToken.None);
        }
        catch (Exception fault) when (fault is not (MailRefusedException or CryptographicException) && !cancellationToken.IsCancellationRequested
            && now - claimed.Value.CreatedAt < options.Value.GiveUpAfter)
        {
            var pause = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, claimed.Value.Attempts + 2), LongestPause.TotalSeconds));
            log.LogWarning("Letter {Letter} could not be sent, next try in {Pause}: {Fault}", letter.Id, pause, fault.Message);
            await _letters.ReplaceAsync(letter.Id, claimed.Version, claimed.Value with { DueAt = time.GetUtcNow() + pause }, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            log.LogError("Letter {Letter} is given up: {Fault}", letter.Id, fault.Message);
            await EndAsync(claimed, cancellationToken);
        }
    }

    private Task<Stored<WaitingLetter>?> EndAsync(Stored<WaitingLetter> letter, CancellationToken cancellationToken) => _letters.ReplaceAsync(
        letter.Id, letter.Version, letter.Value with { DueAt = null, Sealed = null, EndedAt = time.GetUtcNow() }, cancellationToken);
}
