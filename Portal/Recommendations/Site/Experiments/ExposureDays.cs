using System.Globalization;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Recommendations.Site.Experiments;

internal sealed class ExposureDays(IDocuments documents)
{
    private readonly IDocumentSet<ExposureDay> _days = documents.Set(ExposureDay.Schema);

    /// <summary>A day that is there stays as it is.</summary>
    public Task AddAsync(ExposureDay day, CancellationToken cancellationToken) =>
        _days.InsertAsync(day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), day, cancellationToken);

    /// <summary>In order.</summary>
    public async Task<IReadOnlyList<ExposureDay>> SinceAsync(DateTimeOffset from, CancellationToken cancellationToken) =>
        await _days.QueryAllAsync(new() { Filters = [DocumentFilter.AtLeast("day", from)], Sort = [new("day")], Limit = 500 }, cancellationToken)
            .Select(day => day.Value).ToListAsync(cancellationToken);
}
