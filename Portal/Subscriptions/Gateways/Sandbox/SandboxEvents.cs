using System.Security.Cryptography;
using System.Text.Json;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Subscriptions.Gateways.Sandbox;

/// <summary>What the sandbox has to tell.</summary>
internal sealed class SandboxEvents(IDocuments documents, TimeProvider time)
{
    private const string Webhooks = "webhooks";

    private readonly IDocumentSet<SandboxEvent> _events = documents.Set(SandboxEvent.Schema);
    private readonly IDocumentSet<SandboxSecret> _secrets = documents.Set(SandboxSecret.Schema);

    public Task AddAsync(string type, string subscriptionId, CancellationToken stop)
    {
        var (id, now) = ($"evt_{Guid.NewGuid():n}", time.GetUtcNow());
        return _events.InsertAsync(id, new SandboxEvent(id, type, subscriptionId, now, now), stop);
    }

    /// <summary>Something came back of a payment.</summary>
    public Task AddReturnAsync(string type, string paymentId, CancellationToken stop)
    {
        var (id, now) = ($"evt_{Guid.NewGuid():n}", time.GetUtcNow());
        return _events.InsertAsync(id, new SandboxEvent(id, type, null, now, now, paymentId), stop);
    }

    public IAsyncEnumerable<Stored<SandboxEvent>> DueAsync(CancellationToken stop) =>
        _events.QueryAllAsync(new() { Filters = [DocumentFilter.AtMost("due", time.GetUtcNow())], Sort = [new("due")] }, stop);

    public Task DoneAsync(Stored<SandboxEvent> told, CancellationToken stop) => _events.DeleteAsync(told.Id, null, stop);

    /// <summary>That webhooks are signed with; made when it is first asked for.</summary>
    public async Task<string> SecretAsync(CancellationToken stop)
    {
        while (true)
        {
            if (await _secrets.GetAsync(Webhooks, stop) is { } secret) return secret.Value.Text;
            await _secrets.InsertAsync(Webhooks, new SandboxSecret($"whsec_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24))}"), stop);
        }
    }

    /// <summary>As it is sent.</summary>
    public static byte[] BodyOf(SandboxEvent told) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        id = told.Id, type = told.Type, data = new { @object = new { payment_intent = told.PaymentId, metadata = new { subscription = told.SubscriptionId } } },
    });
}
