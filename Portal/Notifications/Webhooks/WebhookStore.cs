using System.Security.Cryptography;
using FlickStream.Platform.Documents;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Notifications.Webhooks;

internal sealed class WebhookStore(IDocuments documents, IOptions<WebhookOptions> options)
{
    private readonly IDocumentSet<WebhookEndpoint> _endpoints = documents.Set(WebhookEndpoint.Schema);
    private readonly IDocumentSet<WebhookDelivery> _deliveries = documents.Set(WebhookDelivery.Schema);

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    public async Task<WebhookEndpoint?> GetAsync(string id, CancellationToken cancellationToken) => (await _endpoints.GetAsync(id, cancellationToken))?.Value;

    /// <summary>In the order of their places.</summary>
    public async Task<IReadOnlyList<WebhookEndpoint>> ListAsync(string organisationId, CancellationToken cancellationToken)
    {
        var page = await _endpoints.QueryAsync(
            new() { Filters = [DocumentFilter.Equal("organisation", organisationId)], Sort = [new("place")] }, cancellationToken);
        return [.. page.Items.Select(item => item.Value)];
    }

    /// <summary>With a place of its own; null when the organisation has as many as it may.</summary>
    public async Task<WebhookEndpoint?> AddAsync(WebhookEndpoint endpoint, CancellationToken cancellationToken)
    {
        while (true)
        {
            var taken = (await ListAsync(endpoint.OrganisationId, cancellationToken)).Select(one => one.Place).ToHashSet();
            var free = Enumerable.Range(1, options.Value.PerOrganisation).FirstOrDefault(place => !taken.Contains(place));
            if (free == 0) return null;
            // Whoever is second to a place takes the next one.
            if (await _endpoints.InsertAsync(endpoint.Id, endpoint with { Place = free }, cancellationToken) is { } added) return added.Value;
        }
    }

    public async Task<WebhookEndpoint?> ChangeAsync(string id, Func<WebhookEndpoint, WebhookEndpoint> change, CancellationToken cancellationToken) =>
        (await _endpoints.UpdateAsync(id, change, cancellationToken))?.Value;

    /// <summary>With its deliveries, first so that an interrupted removal is found again.</summary>
    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        await _deliveries.DeleteAllAsync(new() { Filters = [DocumentFilter.Equal("endpoint", id)], Limit = 500 }, cancellationToken);
        await _endpoints.DeleteAsync(id, null, cancellationToken);
    }

    /// <summary>The latest first.</summary>
    public Task<DocumentPage<WebhookDelivery>> DeliveriesAsync(string endpointId, int limit, string? after, CancellationToken cancellationToken) =>
        _deliveries.QueryAsync(
            new() { Filters = [DocumentFilter.Equal("endpoint", endpointId)], Sort = [new("created", Descending: true)], Limit = limit, After = after },
            cancellationToken);

    public Task<Stored<WebhookDelivery>?> DeliveryAsync(string id, CancellationToken cancellationToken) => _deliveries.GetAsync(id, cancellationToken);

    /// <summary>False when the endpoint was told before.</summary>
    public async Task<bool> AddAsync(WebhookDelivery delivery, CancellationToken cancellationToken) =>
        await _deliveries.InsertAsync(delivery.Id, delivery, cancellationToken) is not null;

    /// <summary>Null when somebody else wrote since it was read.</summary>
    public Task<Stored<WebhookDelivery>?> ReplaceAsync(Stored<WebhookDelivery> seen, WebhookDelivery next, CancellationToken cancellationToken) =>
        _deliveries.ReplaceAsync(seen.Id, seen.Version, next, cancellationToken);

    /// <summary>The longest waiting first.</summary>
    public IAsyncEnumerable<Stored<WebhookDelivery>> DueAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        _deliveries.QueryAllAsync(new() { Filters = [DocumentFilter.AtMost("due", now)], Sort = [new("due")] }, cancellationToken);

    public Task ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken) => _deliveries.DeleteAllAsync(
        new() { Filters = [DocumentFilter.AtMost("created", before)], Sort = [new("created")], Limit = 500 }, cancellationToken);
}
