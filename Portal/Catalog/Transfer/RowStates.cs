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
            // A release that was scheduled and has come is as its row says; else nothing is published by a row that schedules it.
            case "scheduled" when title.Publication is Publication.Released && row.ReleaseAt == title.ReleaseAt:
            case "scheduled" when title.StateAt(now) is TitleState.Scheduled && row.ReleaseAt is null:
                return title;
            case "scheduled" when row.ReleaseAt > now:
                return TitleMoves.Publish(title with { Publication = Publication.Draft }, row.ReleaseAt, now, out refusal);
            case "scheduled":
                refusal = new(TransferProblems.StateInvalid, "It has no releaseAt in the future.");
                return null;
            case "published" when row.ReleaseAt > now:
                refusal = new(TransferProblems.StateInvalid, "Its releaseAt is in the future.");
                return null;
            case "published" when title.StateAt(now) is TitleState.Published && (row.ReleaseAt is null || row.ReleaseAt == title.ReleaseAt):
                return title;
            case "published":
                // One that was withdrawn keeps its first release where the row names none.
                var before = title.Publication is Publication.Withdrawn ? title : title with { Publication = Publication.Draft };
                return TitleMoves.Publish(before, row.ReleaseAt, now, out refusal);
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
