using System.ComponentModel;
using System.Globalization;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Subscriptions.Gateways;
using FlickStream.Portal.Subscriptions.Gateways.Webhooks;

namespace FlickStream.Portal.Subscriptions.Payments;

/// <summary>Finds what came back of payments and was never told of, and puts it among the events as if it were. Every node may do it, and twice.</summary>
internal sealed class ReturnsWatch(IDocuments documents, IPaymentGateway gateway, IBus bus, TimeProvider time)
{
    private const string Id = "returns";
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    // While the provider does not answer.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);
    // Clocks differ, and what begins while the provider is asked may not be in its answer.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);
    // For a first look.
    private static readonly TimeSpan Past = TimeSpan.FromDays(30);

    private readonly IDocumentSet<Mark> _marks = documents.Set(Mark.Schema);
    private readonly IDocumentSet<PaymentEvent> _events = documents.Set(PaymentEvent.Schema);

    /// <exception cref="GatewayUnavailableException">The provider does not answer.</exception>
    public async Task LookAsync(CancellationToken stop)
    {
        var (now, known) = (time.GetUtcNow(), await _marks.GetAsync(Id, stop));
        if (now < known?.Value.LookedAt + Interval || now < known?.Value.TriedAt + Pause) return;
        var trying = new Mark(known?.Value.LookedAt ?? (now - Past), now);
        // One node at a time: the provider counts how often it is asked.
        if (await (known is null ? _marks.InsertAsync(Id, trying, stop) : _marks.ReplaceAsync(Id, known.Version, trying, stop)) is not { } mine) return;
        await foreach (var paymentId in gateway.ReturnedSinceAsync(trying.LookedAt - Overlap, stop))
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{Id}:{paymentId}:{trying.LookedAt.ToUnixTimeSeconds()}");
            if (await _events.InsertAsync(id, new PaymentEvent("returned", null, now, now, paymentId), stop) is not null) await bus.PublishAsync(WebhookIntake.Topic, id, stop);
        }

        await _marks.ReplaceAsync(Id, mine.Version, trying with { LookedAt = now }, stop);
    }

    /// <param name="LookedAt">What began to come back until then is among the events.</param>
    /// <param name="TriedAt">When the provider was asked last.</param>
    [ImmutableObject(true)]
    private sealed record Mark(DateTimeOffset LookedAt, DateTimeOffset TriedAt = default)
    {
        public static readonly DocumentSchema<Mark> Schema = new("payment_marks");
    }
}
