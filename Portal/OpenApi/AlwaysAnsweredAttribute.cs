namespace FlickStream.Portal.OpenApi;

/// <summary>Of what is sent and answered by one type: it may be left out of a request, and is in every answer.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AlwaysAnsweredAttribute : Attribute;
