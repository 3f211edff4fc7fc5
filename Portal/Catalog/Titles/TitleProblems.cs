using FlickStream.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Catalog.Titles;

/// <param name="Problem">What is wrong.</param>
/// <param name="Detail">What is particular to this case.</param>
internal sealed record Refusal(Problem Problem, string? Detail = null)
{
    public ProblemHttpResult ToResult() => Problem.ToResult(Detail);
}

internal static class TitleProblems
{
    public static readonly Problem NotFound = new("title_not_found", 404, "There is no such title.");

    public static readonly Problem KindInvalid = new("title_kind_invalid", 400, "Name a kind: movie, series, season, episode or extra.");

    public static readonly Problem KindFixed = new("title_kind_fixed", 409, "A title keeps its kind. Make another one.");

    public static readonly Problem LanguageInvalid = new("title_language_invalid", 400, "Give languages as BCP 47 tags, such as en or pt-BR, each once.");

    public static readonly Problem TextsInvalid = new(
        "title_texts_invalid", 400, "Give a name of 1 to 300 characters in the original language, and synopses of at most 5000, in at most 60 languages.");

    public static readonly Problem YearInvalid = new("title_year_invalid", 400, "Give a year of 1870 to 2200.");

    public static readonly Problem GenreUnknown = new("genre_unknown", 400, "Name at most 10 genres of /api/genres, each once.");

    public static readonly Problem CountryUnknown = new("country_unknown", 400, "Name countries by ISO 3166-1, such as DE, each once; for a window * is everywhere.");

    public static readonly Problem CreditInvalid = new(
        "credit_invalid", 400, $"Credit at most 200 people, each with an id of /api/people and a role: {string.Join(", ", CreditRoles.All)}.");

    public static readonly Problem PersonUnknown = new("person_unknown", 400, "There is no such person; make one with POST /api/people.");

    public static readonly Problem RatingInvalid = new("title_rating_invalid", 400, "Give the age from which it may be seen, 0 to 18, and labels of at most 30 characters.");

    public static readonly Problem TagInvalid = new("tag_invalid", 400, "Give at most 50 tags of 1 to 50 characters, without |.");

    public static readonly Problem WindowInvalid = new("window_invalid", 400, "Give at most 60 windows, each with regions, that end after they begin.");

    public static readonly Problem NumberInvalid = new("title_number_invalid", 400, "Seasons and episodes have a number of 0 to 9999; nothing else has one.");

    public static readonly Problem NumberTaken = new("title_number_taken", 409, "There is a season or an episode of this number already.");

    public static readonly Problem ParentInvalid = new(
        "title_parent_invalid", 400, "A season belongs to a series, an episode to a season, an extra to any but an extra; nothing else has a parent.");

    public static readonly Problem AssetNotFound = new("asset_not_found", 400, "There is no such asset of this organisation.");

    public static readonly Problem AssetUnfit = new("asset_unfit", 400, "Only a movie, an episode and an extra have an asset.");

    public static readonly Problem MarkersInvalid = new(
        "markers_invalid", 400, "Mark the intro by a start and an end, the credits by a start, in seconds within the title and one after the other, of what is played.");

    public static readonly Problem ExternalIdInvalid = new("external_id_invalid", 400, "Give an external id of 1 to 100 characters.");

    public static readonly Problem ExternalIdTaken = new("external_id_taken", 409, "The organisation has a title with this external id already.");

    public static readonly Problem HasChildren = new("title_has_children", 409, "Delete what belongs to it first.");

    public static readonly Problem Incomplete = new("title_incomplete", 409, "It cannot be published as it is; see the detail.");

    public static readonly Problem PublishedAlready = new("title_published_already", 409, "It is published already.");

    public static readonly Problem StillPublished = new("title_still_published", 409, "Withdraw it first.");

    public static readonly Problem StateUnknown = new("title_state_unknown", 400, "Name a state: draft, scheduled, published or withdrawn.");

    public static readonly Problem NotPublished = new("title_not_published", 409, "Only what is published can be withdrawn; take back what is scheduled.");

    public static readonly Problem DraftAlready = new("title_draft_already", 409, "It is a draft already.");

    public static readonly Problem ReleaseInvalid = new("title_release_invalid", 400, "Give a release time between 1870 and 2200.");

    public static readonly Problem IfMatchNeeded = new("if_match_needed", 428, "Send the ETag of the title that you saw as If-Match.");

    public static readonly Problem Changed = new("title_changed", 412, "Somebody has changed it since you saw it. Read it again.");

    public static readonly Problem OrganisationNeeded = new("organisation_needed", 400, "Name the organisation that it is for, as organisationId.");

    public static readonly Problem OrganisationForeign = new("organisation_foreign", 403, "This account or key works for another organisation, or for none.");
}
