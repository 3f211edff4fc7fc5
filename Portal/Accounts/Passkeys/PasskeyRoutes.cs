using FlickStream.Portal.Accounts.SignIn;

namespace FlickStream.Portal.Accounts.Passkeys;

internal static class PasskeyRoutes
{
    /// <param name="strangers">Routes of whoever comes.</param>
    /// <param name="people">Routes of whoever is signed in.</param>
    public static void MapPasskeys(this IEndpointRouteBuilder strangers, IEndpointRouteBuilder people)
    {
        var entrance = strangers.MapGroup("/session/passkey").AddEndpointFilter<PasskeyFilter>();
        entrance.MapPost("/options", AskForPasskey.HandleAsync);
        entrance.MapPost("/", SignInWithPasskey.HandleAsync);
        people.MapPost("/session/confirm/passkey", ConfirmWithPasskey.HandleAsync).AddEndpointFilter<PasskeyFilter>();

        var mine = people.MapGroup("/accounts/me/passkeys");
        mine.MapGet("/", ListPasskeys.HandleAsync);
        mine.MapPatch("/{id}", RenamePasskey.HandleAsync);
        var delicate = mine.MapGroup("").AddEndpointFilter<ConfirmedFilter>();
        delicate.MapDelete("/{id}", RemovePasskey.HandleAsync);
        var made = delicate.MapGroup("").AddEndpointFilter<PasskeyFilter>();
        made.MapPost("/options", StartPasskey.HandleAsync);
        made.MapPost("/", AddPasskey.HandleAsync);
    }
}
