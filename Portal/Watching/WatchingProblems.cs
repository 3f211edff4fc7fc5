using FlickStream.Platform.Playback;
using FlickStream.Platform.Problems;

namespace FlickStream.Portal.Watching;

internal static class WatchingProblems
{
    public static readonly Problem SubscriptionRequired = new("subscription_required", 402, "Subscribe to watch this.");

    public static readonly Problem ProfileNeeded = new("profile_needed", 403, "Choose who watches first, with PUT /api/session/profile.");

    public static readonly Problem BeyondPlan = new(
        "profile_beyond_plan", 403, "The plan has fewer profiles than the account: the oldest play. Choose one of them, delete one, or take a larger plan.");

    public static readonly Problem NotPlayed = new("title_not_played", 409, "A series and a season are not played themselves; play an episode.");

    public static readonly Problem NotPlayable = new("title_not_playable", 409, "It cannot be played now; see the detail.");

    public static readonly Problem StreamLimit = new(
        PlaybackCodes.StreamLimit, 409, "As many streams play on this account as its plan allows. End one of them, and try again.");

    public static readonly Problem PlaybackUnavailable = new("playback_unavailable", 503, "Nothing can be played at this moment. Try again in a minute.");

    public static readonly Problem StreamNotFound = new("stream_not_found", 404, "There is no such stream of this account.");

    public static readonly Problem TokenInvalid = new("stream_token_invalid", 403, "This is not the token of a stream.");

    public static readonly Problem HeartbeatInvalid = new(
        "heartbeat_invalid", 400, "Tell the position in seconds, and a state: playing, paused, ended or closed.");

    public static readonly Problem WatchlistFull = new("watchlist_full", 409, "The watchlist holds as many titles as it may. Take some off.");

    public static readonly Problem ListNotFound = new("list_not_found", 404, "The profile has no such list.");

    public static readonly Problem ListNameInvalid = new("list_name_invalid", 400, "Give the list a name of 1 to 60 characters.");

    public static readonly Problem TooManyLists = new("list_limit_reached", 409, "The profile has as many lists as it may. Delete one first.");

    public static readonly Problem TracksInvalid = new("tracks_invalid", 400, "Name languages as BCP 47 tags, such as en or pt-BR.");
}
