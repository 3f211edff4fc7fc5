using FlickStream.Platform.Documents;

namespace FlickStream.Platform.Contracts;

/// <summary>How far encoding of an asset is, for people; written by Transcoder about once a second. Id: the asset's.</summary>
/// <param name="JobId">The job at work.</param>
/// <param name="Progress">0..1 of all encoding work.</param>
/// <param name="EtaSeconds">Until published, by the speed so far; null until that is known.</param>
/// <param name="Speed">Seconds of master encoded a second; null until known.</param>
/// <param name="QueuePlace">1 for the job at work or next, 2 for the one after; null when done.</param>
public sealed record EncodingStatus(string JobId, double Progress, double? EtaSeconds, double? Speed, int? QueuePlace)
{
    public static readonly DocumentSchema<EncodingStatus> Schema = new("encoding_status");
}
