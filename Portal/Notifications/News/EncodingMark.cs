using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Notifications.News;

/// <summary>Until when studios were told how their encodings ended.</summary>
/// <param name="Since">What ended before is nobody's news; null where that was not kept.</param>
[ImmutableObject(true)]
internal sealed record EncodingMark(DateTimeOffset Until, DateTimeOffset? Since)
{
    public static readonly DocumentSchema<EncodingMark> Schema = new("encoding_news");

    public const string Id = "told";
}
