using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Catalog;

namespace FlickStream.Portal.Tests.Administration;

public sealed class OrganisationTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private const string Own = "/api/studio/organisation";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_studio_s_people_and_keys_see_for_whom_and_with_whom_they_work_and_no_other()
    {
        using var studio = await Studio.OfAsync(portal);
        using var rival = await Studio.OfAsync(portal);
        using var ann = await Person.RegisteredAsync(portal);
        using var ben = await Person.RegisteredAsync(portal);
        using var cleo = await Person.RegisteredAsync(portal);
        foreach (var (person, of) in new[] { (ann, studio), (ben, studio), (cleo, rival) })
        {
            await portal.MakeAsync(person, "studio", of.Id);
            await person.SignInAsync();
        }

        foreach (var client in new[] { ann.Browser, studio.Http })
        {
            var own = await client.GetFromJsonAsync<JsonElement>(Own, Ct);
            Assert.Equal(studio.Id, own.GetProperty("id").GetString());
            Assert.Equal(new[] { ann.Email, ben.Email }.Order(), own.GetProperty("people").EnumerateArray().Select(person => person.GetProperty("email").GetString()!));
        }

        Assert.Equal(rival.Id, (await cleo.Browser.GetFromJsonAsync<JsonElement>(Own, Ct)).GetProperty("id").GetString());
        await Problems.IsAsync(await portal.Admin.GetAsync(Own, Ct), HttpStatusCode.NotFound, "organisation_not_found");
    }
}
