using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Watching.Tracks;

namespace FlickStream.Portal.Watching.Playing;

/// <param name="Replaces">A stream of this player that it lost, as by a reload: it is ended first, so that nobody is shut out by themselves.</param>
internal sealed record PlayTitleRequest(string? Replaces = null);

/// <summary>All that a player needs.</summary>
/// <param name="StreamId">Of the stream, as it is listed and ended.</param>
/// <param name="Token">For heartbeats; null where a studio looks at its own title, which is not counted and not remembered.</param>
/// <param name="Hls">The multivariant playlist's address.</param>
/// <param name="Dash">The MPD's address; null for a title that only HLS can protect.</param>
/// <param name="ExpiresAt">When the addresses stop working.</param>
/// <param name="HeartbeatSeconds">How often to send a heartbeat.</param>
/// <param name="MaxHeight">Lines of the largest picture that the plan has; null: all.</param>
/// <param name="PositionSeconds">Where to begin.</param>
/// <param name="DurationSeconds">0 where it is not known yet.</param>
/// <param name="Intro">What may be skipped; null where nothing is marked.</param>
/// <param name="Credits">When to offer the next title; null where nothing is marked.</param>
/// <param name="Next">The next episode; null where there is none.</param>
/// <param name="Autoplay">Whether the profile wants it to begin by itself.</param>
/// <param name="Tracks">What was chosen the last time.</param>
internal sealed record PlayAnswer(
    string StreamId, string? Token, string Hls, string? Dash, DateTimeOffset ExpiresAt, double HeartbeatSeconds, int? MaxHeight, double PositionSeconds,
    double DurationSeconds, Marker? Intro, Marker? Credits, NextAnswer? Next, bool Autoplay, TrackChoice Tracks);

/// <param name="Season">Its number.</param>
/// <param name="Number">Of the episode.</param>
internal sealed record NextAnswer(string Id, string Name, int? Season, int? Number);
