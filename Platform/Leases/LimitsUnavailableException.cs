namespace FlickStream.Platform.Leases;

/// <summary>What is counted elsewhere cannot be counted now, and the options say that nothing may go uncounted. Answered as 503 with
/// the code <c>limits_unavailable</c>.</summary>
public sealed class LimitsUnavailableException() : Exception("What counts limits cannot be reached.");
