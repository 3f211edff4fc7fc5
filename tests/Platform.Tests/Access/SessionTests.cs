using System.Globalization;
using FlickStream.Platform.Access;
using FlickStream.Platform.Access.Sessions;

namespace FlickStream.Platform.Tests.Access;

public sealed class SessionTests
{
    [Theory]
    [InlineData("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z")]
    [InlineData("2026-03-01T00:01:00Z", "2026-03-02T00:00:00Z")]
    [InlineData("2026-03-01T23:59:59.999Z", "2026-03-02T00:00:00Z")]
    [InlineData("2026-03-02T00:30:00+02:00", "2026-03-02T00:00:00Z")]
    public void One_is_found_as_over_when_the_day_is_on_which_it_ends(string expires, string found)
    {
        var field = Session.Schema.Fields.Single(field => field.Name == "expires");
        Assert.Equal(At(found), field.Value(Of(At(expires))));
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    private static Session Of(DateTimeOffset expires) => new()
    {
        Id = "0123456789abcdef", SecretSha256 = "", AccountId = "account", Role = Roles.Viewer, CreatedAt = expires, SeenAt = expires, ConfirmedAt = expires,
        ExpiresAt = expires, EndsAt = expires,
    };
}
