using System.Text.Json;
using FlickStream.Platform.Json;
using FlickStream.Portal.Catalog.Editing;
using FlickStream.Portal.Catalog.Titles;

namespace FlickStream.Portal.Catalog.Transfer;

/// <summary>
/// One file's way in. Rows are taken in batches, those of a batch side by side; one that names a row of its own batch as its parent, or is about
/// the same title, waits for the next. What was done stays done when the file breaks off, and doing it again changes nothing.
/// </summary>
internal sealed class TitleImport(
    TitleStore titles, TitleLinks links, ImportPeople people, string ownerId, bool isDry, bool anyAsset, int mostRows, TimeProvider time)
{
    private const int BatchSize = 100;

    private readonly List<RowProblem> _problems = [];
    private readonly Dictionary<string, Title> _done = new(StringComparer.Ordinal);
    private readonly int[] _outcomes = new int[Enum.GetValues<RowOutcome>().Length];
    private readonly Lock _lock = new();
    private int _rows;

    public async Task<ImportReport> RunAsync(IAsyncEnumerable<ReadRow> rows, CancellationToken cancellationToken)
    {
        var batch = new Dictionary<string, ReadRow>(StringComparer.Ordinal);
        await foreach (var read in rows.WithCancellation(cancellationToken))
        {
            if (++_rows > mostRows)
            {
                Refuse(read, new(TransferProblems.TooManyRows));
                break;
            }

            if (read.Row is not { } row) Refuse(read, read.Refusal!);
            else if (row.ExternalId?.Trim() is not { Length: > 0 } external) Refuse(read, new(TransferProblems.ExternalIdMissing));
            else
            {
                if (batch.Count == BatchSize || batch.ContainsKey(external) || (row.ParentExternalId is { } parent && batch.ContainsKey(parent)))
                    await TakeAsync(batch, cancellationToken);
                batch.Add(external, read with { Row = row with { ExternalId = external } });
            }
        }

        await TakeAsync(batch, cancellationToken);
        return new ImportReport(
            isDry, _rows, _outcomes[(int)RowOutcome.Created], _outcomes[(int)RowOutcome.Changed], _outcomes[(int)RowOutcome.Unchanged], _problems.Count,
            [.. _problems.OrderBy(problem => problem.Line)]);
    }

    private async Task TakeAsync(Dictionary<string, ReadRow> batch, CancellationToken cancellationToken)
    {
        var wanted = batch.Keys.Concat(batch.Values.Select(read => read.Row!.ParentExternalId).OfType<string>()).Where(CouldBe).Distinct();
        var known = new Dictionary<string, Title>(await titles.ByExternalIdAsync(ownerId, [.. wanted], cancellationToken));
        // What a dry run would have made is nowhere but here.
        foreach (var external in batch.Values.Select(read => read.Row!.ParentExternalId).OfType<string>().Concat(batch.Keys))
            if (isDry && _done.TryGetValue(external, out var made)) known[external] = made;
        await Task.WhenAll(batch.Values.Select(read => TakeAsync(read, known, cancellationToken)));
        batch.Clear();

        // What could not be one would be refused by the store instead of by its row.
        static bool CouldBe(string external) => external.Length <= 200 && TitleRules.IsLine(external);
    }

    private async Task TakeAsync(ReadRow read, Dictionary<string, Title> known, CancellationToken cancellationToken)
    {
        var row = read.Row!;
        var before = known.GetValueOrDefault(row.ExternalId!);
        var parent = row.ParentExternalId is null ? null : known.GetValueOrDefault(row.ParentExternalId);
        if (row.ParentExternalId is not null && (row.Tells("kind") ? row.Kind : before?.Content.Kind) is { } kind && TitleLinks.CheckParent(kind, ownerId, parent) is { } orphan)
        {
            Refuse(read, orphan);
            return;
        }

        // Whom it names is looked for, and made, once nothing else can be wrong with it.
        if (ImportPeople.Unnamed(row, out var refusal) is not { } unnamed
            || TitleRules.Tidy(Over(before, row.ToContent(parent?.Id, unnamed)), out refusal) is not { } content
            || (refusal = await links.CheckAssetAsync(
                content, ownerId, new(anyAsset, before?.Content.AssetId, row.State is "published" or "scheduled"), cancellationToken)) is not null)
        {
            Refuse(read, refusal!);
            return;
        }

        var fresh = CreateTitle.New(content, ownerId, time.GetUtcNow());
        var first = Wanted(before ?? fresh);
        if (first.Title is null || (refusal = await CollisionOfAsync(first.Title, before, cancellationToken)) is not null)
        {
            Refuse(read, first.Refusal ?? refusal!);
            return;
        }

        if (row.Tells("people")) content = content with { People = await people.CreditsOfAsync(row, cancellationToken) };

        TitleContent Over(Title? title, TitleContent own) => title is null ? own : row.Over(title.Content, own);

        TitleResult Wanted(Title title) =>
            TitleMoves.Edit(title, Over(title, content), out var why) is { } edited ? new TitleResult(RowStates.Move(edited, row, time.GetUtcNow(), out why), why) : why!;

        var wanted = Wanted(before ?? fresh);
        var isSame = before is not null && wanted.Title is not null && Shape(wanted.Title) == Shape(before);
        var written = wanted.Title is null || isSame || isDry ? wanted
            : before is null ? await titles.AddAsync(wanted.Title, cancellationToken)
            : await titles.EditAsync(before.Id, null, Wanted, cancellationToken);
        if (written.Title is not { } now) Refuse(read, written.Refusal!);
        else Count(now, isSame ? RowOutcome.Unchanged : before is null ? RowOutcome.Created : RowOutcome.Changed);
    }

    // The store tells it of all; here it keeps people from being made for a place that is taken.
    private async Task<Refusal?> CollisionOfAsync(Title title, Title? before, CancellationToken cancellationToken) =>
        title.Content.People!.Count == 0 || (title.Content.ParentId, title.Content.Number) == (before?.Content.ParentId, before?.Content.Number)
            ? null : await titles.CollisionOfAsync(title, cancellationToken);

    // Records compare their lists by reference; their text tells whether they say the same.
    private static string Shape(Title title) => JsonSerializer.Serialize((title.Content, title.Publication, title.ReleaseAt).ToTuple(), PlatformJson.Options);

    private void Count(Title title, RowOutcome outcome)
    {
        lock (_lock)
        {
            _outcomes[(int)outcome]++;
            if (isDry) _done[title.Content.ExternalId!] = title;
        }
    }

    private void Refuse(ReadRow read, Refusal refusal)
    {
        lock (_lock)
            _problems.Add(new(read.Line, TitleRules.Shown(read.Row?.ExternalId), refusal.Problem.Code, refusal.Problem.Sentence, refusal.Detail));
    }
}
