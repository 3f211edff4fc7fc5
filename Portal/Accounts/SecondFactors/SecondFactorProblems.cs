using FlickStream.Platform.Problems;

namespace FlickStream.Portal.Accounts.SecondFactors;

internal static class SecondFactorProblems
{
    public static readonly Problem Needed = new("second_factor_needed", 401, "Give the code that your authenticator app shows, or a recovery code.");

    public static readonly Problem Wrong = new("second_factor_wrong", 401, "The code is not right, or was used before. Give the one that is shown now.");

    public static readonly Problem StepInvalid = new("sign_in_expired", 401, "The password was given too long ago, or by another browser. Sign in from the beginning.");

    public static readonly Problem On = new("second_factor_on", 409, "The account has a second factor already. Remove it before another is added.");

    public static readonly Problem Off = new("second_factor_off", 404, "The account has no second factor.");

    public static readonly Problem NotBegun = new("second_factor_not_begun", 409, "No secret waits to be confirmed, or it waited too long. Ask for a new one.");

    public static readonly Problem Required = new("second_factor_required", 409, "People of this role must have a second factor.");
}
