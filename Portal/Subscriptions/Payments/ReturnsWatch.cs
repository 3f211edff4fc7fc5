using System.ComponentModel;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Subscriptions.Gateways;

namespace FlickStream.Portal.Subscriptions.Payments;

/// <summary>Finds what came back of payments and was never told of. Every node may do it, and twice.</summary>
internal sealed class ReturnsWatch(IDocuments documents, IPaymentGateway gateway, PaymentClerk clerk, TimeProvider time, ILogger<ReturnsWatch> log)
{
    private const string Id = "returns";
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    // Clocks differ, and what begins while the provider is asked may not be in its answer.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);
    // For a first look.
    private static readonly TimeSpan Past = TimeSpan.FromDays(30);
    private static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    private readonly IDocumentSet<Mark> _marks = documents.Set(Mark.Schema);

    /// <exception cref="GatewayUnavailableException">The provider does not answer.</exception>
    public async Task LookAsync(CancellationToken stop)
    {
        var (now, mark) = (time.GetUtcNow(), await _marks.GetAsync(Id, stop));
        if (now < mark?.Value.LookedAt + Interval) return;
        var since = mark?.Value.LookedAt ?? (now - Past);
        await foreach (var paymentId in gateway.ReturnedSinceAsync(since - Overlap, stop))
        {
            if (await clerk.HearAsync(paymentId, stop)) continue;
            log.LogWarning("Of payment {Payment} something came back before it is known to be paid.", paymentId);
            if (now < since + Patience) return; // And from there again.
        }

        if (mark is null) await _marks.InsertAsync(Id, new Mark(now), stop);
        else await _marks.ReplaceAsync(Id, mark.Version, new Mark(now), stop);
    }

    [ImmutableObject(true)]
    private sealed record Mark(DateTimeOffset LookedAt)
    {
        public static readonly DocumentSchema<Mark> Schema = new("payment_marks");
    }
}
