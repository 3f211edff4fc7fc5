using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Organisations;

/// <summary>That an organisation was deleted, until it is certain that nothing of it came in that moment. Id: its own.</summary>
[ImmutableObject(true)]
internal sealed record LeavingOrganisation(Organisation Organisation, DateTimeOffset LeftAt)
{
    public static readonly DocumentSchema<LeavingOrganisation> Schema = new DocumentSchema<LeavingOrganisation>("leaving_organisations");
}
