using FlickStream.Portal.Catalog.Titles;

namespace FlickStream.Portal.Catalog.Transfer;

/// <summary>Brings a title to the state that its row names, by the moves that editors have.</summary>
internal static class RowStates
{
    public static Title? Move(Title title, TitleRow row, DateTimeOffset now, out Refusal? refusal)
    {
        refusal = null;
        switch (row.State)
        {
            case null:
            case "draft" when title.Publication is Publication.Draft:
            case "withdrawn" when title.Publication is Publication.Withdrawn:
                return title;
            case "draft":
                return TitleMoves.Redraft(title, now, out refusal);
            case "scheduled" or "published" when title.Publication is Publication.Released && (row.ReleaseAt is null || row.ReleaseAt == title.ReleaseAt):
                return title;
            case "scheduled" or "published":
                return TitleMoves.Publish(title with { Publication = Publication.Draft }, row.ReleaseAt, now, out refusal);
            case "withdrawn" when title.StateAt(now) is TitleState.Published:
                return TitleMoves.Withdraw(title, now, out refusal);
            case "withdrawn":
                // Exported as withdrawn, from wherever it was published.
                return TitleMoves.Publish(title with { Publication = Publication.Draft }, row.ReleaseAt, now, out refusal) is { } released
                    ? released with { Publication = Publication.Withdrawn } : null;
            default:
                refusal = new(TransferProblems.StateInvalid, TitleRules.Shown(row.State));
                return null;
        }
    }
}
