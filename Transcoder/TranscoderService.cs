namespace FlickStream.Transcoder;

public static class TranscoderService
{
    public static IHostApplicationBuilder AddTranscoder(this IHostApplicationBuilder builder) => builder;

    public static IEndpointRouteBuilder MapTranscoder(this IEndpointRouteBuilder routes) => routes;
}
