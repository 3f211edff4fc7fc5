using System.ComponentModel.DataAnnotations;
using FlickStream.Platform;
using FlickStream.Platform.Access;

namespace FlickStream.Portal.Accounts.SecondFactors;

/// <summary>Section <c>Accounts:SecondFactor</c>.</summary>
internal sealed class SecondFactorOptions
{
    /// <summary>The name under which authenticator apps list the account.</summary>
    [Required, RegularExpression("[^:]{1,60}", ErrorMessage = "Accounts:SecondFactor:Issuer must be 1 to 60 characters without a colon.")]
    public string Issuer { get; init; } = "FlickStream";

    /// <summary>Roles, of <c>studio</c> and <c>admin</c>, whose people may do no more than viewers in a session that was opened with a
    /// password alone.</summary>
    [AllowedRoles]
    public string[] RequiredFor { get; init; } = [];

    /// <summary>How long a secret that was shown waits for its first code.</summary>
    [TimeRange("00:01:00", "1.00:00:00")]
    public TimeSpan EnrolmentLife { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long after the password the code may come.</summary>
    [TimeRange("00:01:00", "01:00:00")]
    public TimeSpan StepLife { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Wrong codes for one account from everywhere in an hour, from browsers that its owner did not sign in with: at 20, somebody who
    /// has the password needs more than a year for an even chance.</summary>
    [Range(1, 1000)]
    public int CodesPerAccount { get; init; } = 20;

    [AttributeUsage(AttributeTargets.Property)]
    private sealed class AllowedRolesAttribute() : ValidationAttribute("Accounts:SecondFactor:RequiredFor takes studio and admin.")
    {
        public override bool IsValid(object? value) => value is string[] roles && roles.All(role => role is Roles.Studio or Roles.Admin);
    }
}
