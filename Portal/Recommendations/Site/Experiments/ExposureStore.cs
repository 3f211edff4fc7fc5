using FlickStream.Platform.Documents;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Profiles;

namespace FlickStream.Portal.Recommendations.Site.Experiments;

internal sealed class ExposureStore(IDocuments documents) : IPersonalData, IProfileData
{
    // As pages come for more than one in each of them, all but the first are passed over.
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(30);

    private readonly IDocumentSet<Exposure> _exposures = documents.Set(Exposure.Schema);

    public string Section => "recommendationsShown";

    public static string IdOf(Exposure exposure) => FormattableString.Invariant($"{exposure.ProfileId}.{exposure.At.UtcTicks / Apart.Ticks}");

    public Task AddAsync(IReadOnlyCollection<Exposure> exposures, CancellationToken cancellationToken) =>
        _exposures.InsertManyAsync([.. exposures.DistinctBy(IdOf).Select(exposure => KeyValuePair.Create(IdOf(exposure), exposure))], cancellationToken);

    /// <summary>From <paramref name="from"/> to before <paramref name="until"/>, in order.</summary>
    public IAsyncEnumerable<Stored<Exposure>> BetweenAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken) =>
        _exposures.QueryAllAsync(Between([], from, until), cancellationToken);

    public IAsyncEnumerable<Stored<Exposure>> OfProfileAsync(string profileId, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken) =>
        _exposures.QueryAllAsync(Between([DocumentFilter.Equal("profile", profileId)], from, until), cancellationToken);

    public Task ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken) => _exposures.DeleteAllAsync(
        new() { Filters = [DocumentFilter.Below("at", before)], Sort = [new("at")], Limit = 500 }, cancellationToken);

    public async Task<object> ExportAsync(string accountId, CancellationToken cancellationToken) =>
        await _exposures.QueryAllAsync(Of("account", accountId), cancellationToken)
            .Select(shown => new { shown.Value.ProfileId, shown.Value.At, shown.Value.Experiment, shown.Value.Variant, shown.Value.TitleIds, shown.Value.Rows }).ToListAsync(cancellationToken);

    public Task DeleteAsync(string accountId, CancellationToken cancellationToken) => _exposures.DeleteAllAsync(Of("account", accountId), cancellationToken);

    public Task DeleteProfileAsync(string accountId, string profileId, CancellationToken cancellationToken) =>
        _exposures.DeleteAllAsync(Of("profile", profileId), cancellationToken);

    private static DocumentQuery Of(string field, string id) => new() { Filters = [DocumentFilter.Equal(field, id)], Limit = 500 };

    private static DocumentQuery Between(DocumentFilter[] filters, DateTimeOffset from, DateTimeOffset until) => new()
    {
        Filters = [.. filters, DocumentFilter.AtLeast("at", from), DocumentFilter.Below("at", until)], Sort = [new("at")], Limit = 500,
    };
}
