using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Notifications.News;

/// <summary>That all who follow something of a title were told of it. Id: the title's.</summary>
/// <param name="SeenSince">When it could first be seen.</param>
[ImmutableObject(true)]
internal sealed record ToldRelease(DateTimeOffset SeenSince)
{
    public static readonly DocumentSchema<ToldRelease> Schema = new DocumentSchema<ToldRelease>("told_releases").Field("seen", t => t.SeenSince).Index("seen");
}
