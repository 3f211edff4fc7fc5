namespace FlickStream.Standalone.Tests.Api;

/// <summary>Who may ask for what (ASVS 5.0, 8.2.1). A route that is not here fails the tests.</summary>
internal static class AccessTable
{
    public static readonly string[] Callers = ["anonymous", "viewer", "studio", "admin", "key:ingest", "key:jobs", "key:playback", "key:catalog", "key:admin"];

    private static readonly string[] Everybody = Callers;
    private static readonly string[] People = ["viewer", "studio", "admin"];
    private static readonly string[] Ingest = ["studio", "admin", "key:ingest", "key:admin"];
    private static readonly string[] Playback = ["studio", "admin", "key:playback", "key:admin"];
    private static readonly string[] Jobs = ["admin", "key:jobs", "key:admin"];
    private static readonly string[] Catalog = ["studio", "admin", "key:catalog", "key:admin"];
    private static readonly string[] Administrators = ["admin", "key:admin"];

    public static readonly IReadOnlyDictionary<string, string[]> Rows = new Dictionary<string, string[]>
    {
        // Accounts
        ["POST /api/accounts"] = Everybody,
        ["POST /api/accounts/verify"] = Everybody,
        ["POST /api/accounts/forgot"] = Everybody,
        ["POST /api/accounts/reset"] = Everybody,
        ["POST /api/session"] = Everybody,
        ["POST /api/session/second-factor"] = Everybody,
        ["POST /api/session/passkey/options"] = Everybody,
        ["POST /api/session/passkey"] = Everybody,
        ["GET /api/session"] = People,
        ["DELETE /api/session"] = People,
        ["POST /api/session/confirm"] = People,
        ["POST /api/session/confirm/passkey"] = People,
        ["GET /api/sessions"] = People,
        ["DELETE /api/sessions/{id}"] = People,
        ["POST /api/sessions/end-others"] = People,
        ["GET /api/accounts/me"] = People,
        ["PATCH /api/accounts/me"] = People,
        ["DELETE /api/accounts/me"] = People,
        ["POST /api/accounts/me/keep"] = People,
        ["PUT /api/accounts/me/password"] = People,
        ["POST /api/accounts/me/email"] = People,
        ["POST /api/accounts/me/email/confirm"] = People,
        ["GET /api/accounts/me/export"] = People,
        ["GET /api/accounts/me/second-factor"] = People,
        ["POST /api/accounts/me/second-factor"] = People,
        ["DELETE /api/accounts/me/second-factor"] = People,
        ["POST /api/accounts/me/second-factor/confirm"] = People,
        ["POST /api/accounts/me/second-factor/recovery-codes"] = People,
        ["GET /api/accounts/me/passkeys"] = People,
        ["POST /api/accounts/me/passkeys"] = People,
        ["POST /api/accounts/me/passkeys/options"] = People,
        ["PATCH /api/accounts/me/passkeys/{id}"] = People,
        ["DELETE /api/accounts/me/passkeys/{id}"] = People,

        ["PUT /api/session/profile"] = People,
        ["GET /api/profiles"] = People,
        ["POST /api/profiles"] = People,
        ["PUT /api/profiles/{id}"] = People,
        ["PUT /api/profiles/{id}/pin"] = People,
        ["DELETE /api/profiles/{id}"] = People,

        // Catalog
        ["GET /api/titles"] = Everybody,
        ["GET /api/titles/{id}"] = Everybody,
        ["GET /api/titles/{id}/children"] = Everybody,
        ["GET /api/genres"] = Everybody,
        ["GET /api/artwork/{title}/{image}/{file}"] = Everybody,
        ["GET /api/people"] = Everybody,
        ["GET /api/people/{id}"] = Everybody,
        ["POST /api/people"] = Catalog,
        ["PUT /api/people/{id}"] = Catalog,
        ["GET /api/studio/titles"] = Catalog,
        ["POST /api/studio/titles"] = Catalog,
        ["GET /api/studio/titles/export"] = Catalog,
        ["POST /api/studio/titles/import"] = Catalog,
        ["GET /api/studio/titles/{id}"] = Catalog,
        ["PUT /api/studio/titles/{id}"] = Catalog,
        ["DELETE /api/studio/titles/{id}"] = Catalog,
        ["POST /api/studio/titles/{id}/publish"] = Catalog,
        ["POST /api/studio/titles/{id}/withdraw"] = Catalog,
        ["POST /api/studio/titles/{id}/redraft"] = Catalog,
        ["PUT /api/studio/titles/{id}/artwork/{role}"] = Catalog,
        ["DELETE /api/studio/titles/{id}/artwork/{role}"] = Catalog,

        // Subscriptions
        ["GET /api/plans"] = Everybody,
        ["POST /api/payments/webhook"] = Everybody,
        ["GET /api/subscription"] = People,
        ["POST /api/subscription"] = People,
        ["POST /api/subscription/refresh"] = People,
        ["POST /api/subscription/cancel"] = People,
        ["POST /api/subscription/resume"] = People,
        ["PUT /api/subscription/next-plan"] = People,
        ["GET /api/subscription/upgrade"] = People,
        ["POST /api/subscription/upgrade"] = People,
        ["POST /api/subscription/card"] = People,
        ["GET /api/invoices"] = People,
        ["GET /api/invoices/{number}/page"] = People,
        ["GET /api/admin/plans"] = Administrators,
        ["GET /api/admin/plans/{id}"] = Administrators,
        ["PUT /api/admin/plans/{id}"] = Administrators,
        ["GET /api/admin/promo-codes"] = Administrators,
        ["PUT /api/admin/promo-codes/{code}"] = Administrators,
        ["GET /api/admin/ledger"] = Administrators,
        ["GET /api/admin/ledger/balance"] = Administrators,
        ["GET /api/users/{id}/subscriptions"] = Administrators,
        ["POST /api/sandbox/checkouts/{id}"] = People,
        ["POST /api/sandbox/payments/{id}"] = People,

        // Watching
        ["POST /api/titles/{id}/play"] = People,
        ["GET /api/titles/{id}/progress"] = People,
        ["PUT /api/titles/{id}/tracks"] = People,
        ["GET /api/streams"] = People,
        ["DELETE /api/streams/{id}"] = People,
        ["POST /api/streams/heartbeat"] = Everybody,
        ["GET /api/continue-watching"] = People,
        ["DELETE /api/continue-watching/{id}"] = People,
        ["GET /api/history"] = People,
        ["DELETE /api/history"] = People,
        ["DELETE /api/history/{id}"] = People,
        ["GET /api/watchlist"] = People,
        ["PUT /api/watchlist/{id}"] = People,
        ["DELETE /api/watchlist/{id}"] = People,

        // Recommendations
        ["GET /api/recommendations"] = People,
        ["PUT /api/not-interested/{id}"] = People,
        ["DELETE /api/not-interested/{id}"] = People,

        // Administration
        ["GET /api/users"] = Administrators,
        ["GET /api/users/{id}"] = Administrators,
        ["PUT /api/users/{id}/role"] = Administrators,
        ["POST /api/users/{id}/end-sessions"] = Administrators,
        ["DELETE /api/users/{id}/second-factor"] = Administrators,
        ["GET /api/organisations"] = Administrators,
        ["POST /api/organisations"] = Administrators,
        ["PUT /api/organisations/{id}"] = Administrators,
        ["GET /api/audit"] = Administrators,
        ["GET /api/audit/check"] = Administrators,
        ["GET /api/recommendation-model"] = Administrators,
        ["POST /api/recommendation-model/rollback"] = Administrators,
        ["GET /api/keys"] = Administrators,
        ["POST /api/keys"] = Administrators,
        ["DELETE /api/keys/{id}"] = Administrators,

        // Ingest
        ["OPTIONS /api/uploads"] = Ingest,
        ["POST /api/uploads"] = Ingest,
        ["OPTIONS /api/uploads/{id}"] = Ingest,
        ["HEAD /api/uploads/{id}"] = Ingest,
        ["PATCH /api/uploads/{id}"] = Ingest,
        ["DELETE /api/uploads/{id}"] = Ingest,
        ["POST /api/uploads/{id}"] = Ingest,
        ["GET /api/assets"] = Ingest,
        ["GET /api/assets/{id}"] = Ingest,
        ["DELETE /api/assets/{id}"] = Ingest,
        ["GET /api/assets/{id}/text"] = Ingest,
        ["POST /api/assets/{id}/text"] = Ingest,
        ["DELETE /api/assets/{id}/text/{textId}"] = Ingest,

        // Transcoder
        ["GET /api/jobs"] = Jobs,
        ["POST /api/jobs"] = Jobs,
        ["GET /api/jobs/events"] = Jobs,
        ["GET /api/jobs/{id}"] = Jobs,
        ["GET /api/jobs/{id}/log"] = Jobs,
        ["POST /api/jobs/{id}/cancel"] = Jobs,
        ["POST /api/jobs/{id}/retry"] = Jobs,
        ["PUT /api/jobs/{id}/priority"] = Jobs,
        ["GET /api/workers"] = Jobs,
        ["GET /api/migrations"] = Jobs,
        ["POST /api/migrations"] = Jobs,
        ["GET /api/migrations/{id}"] = Jobs,
        ["POST /api/migrations/{id}/cancel"] = Jobs,

        // Origin
        ["POST /api/playback"] = Playback,
        ["GET /api/playback"] = Playback,
        ["POST /api/playback/{grantId}/heartbeat"] = Playback,
        ["DELETE /api/playback/{grantId}"] = Playback,
    };
}
