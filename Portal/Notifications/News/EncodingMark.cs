using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Notifications.News;

/// <summary>Until when studios were told how their encodings ended.</summary>
[ImmutableObject(true)]
internal sealed record EncodingMark(DateTimeOffset Until)
{
    public static readonly DocumentSchema<EncodingMark> Schema = new("encoding_news");

    public const string Id = "told";
}
